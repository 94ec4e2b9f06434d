//! The editions of the rules that requests are held to, told apart for requests that are repeated.

/// An edition of the rules.
///
/// A rule that would refuse what was taken before it begins with an edition, and `World::since` names that edition. A request
/// that is repeated is held to the rules of the edition under which it was made. An edition ends when a program that writes it
/// is published: a rule that comes after that needs the next one.
///
/// Anyone can make a link that claims an old edition, so a rule may only begin late when nothing relies on it: it refuses, and
/// what it lets pass does what it did before. Limits, names, ids, references and all else that keeps a workspace in order
/// hold in every edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edition {
    /// The rules of every record that names no edition.
    First,
    /// Formats that AWS checks: destinations and formats of access logs, scopes, selection patterns, media types, VPC links,
    /// certificates of domain names, paths of method settings.
    Second,
}

impl Edition {
    /// All editions, in order.
    const ALL: [Self; 2] = [Self::First, Self::Second];
    /// The edition that new requests are held to.
    pub const TODAY: Self = Self::Second;

    /// Returns its number, from 1.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// Finds the edition with a number.
    pub fn from_number(number: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|edition| u64::from(edition.number()) == number)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::Edition;

    #[test]
    fn editions_are_numbered_from_1_and_the_last_is_todays() {
        let numbers: Vec<u8> = Edition::ALL.iter().map(|edition| edition.number()).collect();
        assert_eq!(numbers, [1, 2]);
        assert!(Edition::ALL.is_sorted());
        assert_eq!(Edition::ALL.last(), Some(&Edition::TODAY));
        for edition in Edition::ALL {
            assert_eq!(Edition::from_number(edition.number().into()), Some(edition));
        }
        assert_eq!([0, 3, u64::MAX].map(Edition::from_number), [None; 3]);
    }
}
