//! Lists what is known of AWS's behaviour, fact by fact, with its source: what `tests/aws/` states and the tests hold the engine
//! to.
//!
//! Collected when the program is built, so that it cannot say more than what is tested.

/// Per subject its facts: what AWS does, and where that is from.
pub static LEDGER: &[(&str, &[(&str, &str)])] = include!(concat!(env!("OUT_DIR"), "/ledger.rs"));

/// The certainty of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// An answer of the real service was recorded.
    Recorded,
    /// AWS says so.
    Documented,
    /// Users of the real service quote it.
    Reported,
    /// It follows from the others, or an emulator does so.
    Inferred,
    /// Ours; nothing is known.
    Assumed,
}

impl Certainty {
    /// All, the surest first.
    pub const ALL: [Self; 5] = [Self::Recorded, Self::Documented, Self::Reported, Self::Inferred, Self::Assumed];

    /// Returns the word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Documented => "documented",
            Self::Reported => "reported",
            Self::Inferred => "inferred",
            Self::Assumed => "assumed",
        }
    }

    /// Returns what the word means.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Recorded => "an answer of the real service was recorded",
            Self::Documented => "AWS's documentation or service model says so",
            Self::Reported => "users of the real service quote its words in public",
            Self::Inferred => "an emulator does so, or it follows from the others; nobody has shown it",
            Self::Assumed => "ours; nothing is known",
        }
    }
}

/// Returns the certainties that a source names, the surest first: a fact may be recorded, and one of its sentences assumed.
pub fn certainties(source: &str) -> Vec<Certainty> {
    Certainty::ALL.into_iter().filter(|certainty| source.contains(certainty.as_str())).collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{Certainty, LEDGER, certainties};

    #[test]
    fn every_fact_says_how_sure_it_is() {
        let facts: Vec<_> = LEDGER.iter().flat_map(|(_, facts)| facts.iter()).collect();
        assert!(facts.len() > 100, "the scenarios were found: {}", facts.len());
        for (fact, source) in facts {
            assert!(
                !certainties(source).is_empty(),
                "{fact}: {source:?} names none of {:?}",
                Certainty::ALL.map(Certainty::as_str)
            );
        }
    }

    #[test]
    fn a_fact_has_the_mark_of_each_kind_of_source_that_it_names() {
        for (fact, source) in LEDGER.iter().flat_map(|(_, facts)| facts.iter()) {
            let names = |code: &str| source.split([' ', '(', ',', ';']).any(|word| word.starts_with(code));
            for (code, certainty) in [("R:", Certainty::Recorded), ("D:", Certainty::Documented)] {
                assert!(
                    !names(code) || certainties(source).contains(&certainty),
                    "{fact}: {source:?} has no {:?}",
                    certainty.as_str()
                );
            }
        }
    }

    #[test]
    fn each_heading_of_a_file_is_a_subject_of_its_own() {
        let subjects: Vec<&str> = LEDGER.iter().map(|(subject, _)| *subject).collect();
        for subject in ["Method", "MethodResponse", "Integration", "IntegrationResponse", "Stage"] {
            assert!(subjects.contains(&subject), "{subject} is not among {subjects:?}");
        }
    }
}
