//! Texts with holes: whether a text has the form of a pattern, in time that is proportional to both.

/// The most that may be compared: bytes of text for each piece of a pattern.
const LONGEST: usize = 20_000_000;

/// The rest of the work that a comparison may cost.
#[derive(Debug)]
pub(super) struct Patience(usize);

impl Default for Patience {
    fn default() -> Self {
        Self(LONGEST)
    }
}

impl Patience {
    /// Takes work away; tells whether there was enough.
    pub(super) fn spend(&mut self, work: usize) -> bool {
        self.0 = self.0.saturating_sub(work + 1);
        !self.is_over()
    }

    /// Tells whether nothing is left.
    pub(super) fn is_over(&self) -> bool {
        self.0 == 0
    }
}

/// Something that a text may hold in the place of a hole.
#[derive(Clone, Copy)]
enum Form {
    /// Any text.
    Any,
    /// Digits, one at least.
    Number,
    /// A text of this length whose bytes fit by their place.
    Fixed(usize, fn(usize, u8) -> bool),
}

/// The holes, each with the forms that fit it.
const HOLES: [(&str, &[Form]); 7] = [
    ("<id>", &[Form::Fixed(6, is_of_id), Form::Fixed(10, is_of_id)]),
    ("<date>", &[Form::Fixed(25, is_of_date)]),
    ("<uuid>", &[Form::Fixed(36, is_of_uuid)]),
    ("<requestId>", &[Form::Fixed(16, is_of_request_id)]),
    ("<number>", &[Form::Number]),
    ("<text>", &[Form::Any]),
    ("...", &[Form::Any]),
];

fn is_of_id(_: usize, byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn is_of_date(at: usize, byte: u8) -> bool {
    const FORM: &[u8; 25] = b"0000-00-00T00:00:00+00:00";
    let form = FORM.get(at).copied().unwrap_or_default();
    if form == b'0' && at < 19 { byte.is_ascii_digit() } else { byte == form }
}

fn is_of_uuid(at: usize, byte: u8) -> bool {
    if [8, 13, 18, 23].contains(&at) { byte == b'-' } else { byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte) }
}

fn is_of_request_id(at: usize, byte: u8) -> bool {
    if at == 15 { byte == b'=' } else { byte.is_ascii_graphic() && byte != b'=' }
}

/// Tells whether a text has the form of a pattern: after each piece of the pattern it knows all places in the text that may be
/// reached.
pub(super) fn text_matches(pattern: &str, text: &str, patience: &mut Patience) -> bool {
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    let mut rest = pattern;
    while patience.spend(text.len() + pattern.len()) {
        let hole = HOLES.iter().filter_map(|(name, forms)| Some((rest.find(name)?, *name, *forms))).min_by_key(|h| h.0);
        let (literal, next) = match hole {
            Some((at, name, forms)) => (&rest[..at], Some((&rest[at + name.len()..], forms))),
            None => (rest, None),
        };
        reached = after_literal(literal, text, &reached);
        let Some((behind, forms)) = next else { return reached.last() == Some(&true) };
        reached = after_hole(forms, text.as_bytes(), &reached);
        rest = behind;
    }
    false
}

fn after_literal(literal: &str, text: &str, reached: &[bool]) -> Vec<bool> {
    let mut next = vec![false; reached.len()];
    for (at, _) in reached.iter().enumerate().filter(|(_, reached)| **reached) {
        if text.as_bytes().get(at..).is_some_and(|rest| rest.starts_with(literal.as_bytes())) {
            next[at + literal.len()] = true;
        }
    }
    next
}

fn after_hole(forms: &[Form], text: &[u8], reached: &[bool]) -> Vec<bool> {
    let mut next = vec![false; reached.len()];
    for form in forms {
        match *form {
            Form::Any => {
                let first = reached.iter().position(|reached| *reached).unwrap_or(reached.len());
                next[first..].fill(true);
            }
            Form::Number => {
                for (at, byte) in text.iter().enumerate() {
                    next[at + 1] = byte.is_ascii_digit() && (reached[at] || next[at]);
                }
            }
            Form::Fixed(length, fits) => {
                for (at, _) in reached.iter().enumerate().filter(|(_, reached)| **reached) {
                    let found = text.get(at..at + length);
                    if found.is_some_and(|found| found.iter().enumerate().all(|(at, byte)| fits(at, *byte))) {
                        next[at + length] = true;
                    }
                }
            }
        }
    }
    next
}
