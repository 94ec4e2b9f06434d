//! Measures text without a browser: advance widths of the widest common faces, rounded up, so that what fits here fits anywhere.

/// A family of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Face {
    Sans,
    Bold,
    Mono,
}

/// Face and size of a run of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The class that sets it.
    pub class: &'static str,
    face: Face,
    size: i32,
}

/// The name of a card.
pub(super) const NAME: Style = Style { class: "m-name", face: Face::Bold, size: 14 };
/// A sentence.
pub(super) const BODY: Style = Style { class: "m-body", face: Face::Sans, size: 12 };
/// A remark.
pub(super) const SMALL: Style = Style { class: "m-small", face: Face::Sans, size: 11 };
/// A remark that matters.
pub(super) const STRONG: Style = Style { class: "m-strong", face: Face::Bold, size: 11 };
/// The heading of a column, in spaced capitals.
pub(super) const HEADING: Style = Style { class: "m-heading", face: Face::Bold, size: 11 };
/// A path.
pub(super) const CODE: Style = Style { class: "m-code", face: Face::Mono, size: 12 };
/// Ids, verbs, URLs.
pub(super) const CODE_S: Style = Style { class: "m-code-s", face: Face::Mono, size: 11 };
/// The part of a URL that matters.
pub(super) const CODE_B: Style = Style { class: "m-code-b", face: Face::Mono, size: 11 };

/// Hundredths of an em for U+0020 to U+007E: the wider of DejaVu Sans and Liberation Sans (Arial's metrics), rounded up.
const SANS: [u8; 95] = [
    32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84,
    84, 84, 56, 102, 69, 69, 73, 78, 67, 62, 78, 76, 30, 50, 67, 56, 87, 75, 79, 67, 79, 73, 67, 62, 74, 69, 99, 69,
    67, 69, 40, 34, 40, 84, 56, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64,
    60, 82, 60, 60, 53, 64, 34, 64, 84,
];

/// The advance widths of their bold faces.
const BOLD: [u8; 95] = [
    35, 46, 53, 84, 70, 101, 88, 31, 46, 46, 53, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40, 40,
    84, 84, 84, 62, 100, 78, 77, 74, 84, 69, 69, 83, 84, 38, 56, 78, 64, 100, 84, 86, 74, 86, 78, 73, 69, 82, 78, 111,
    78, 73, 73, 46, 37, 46, 84, 56, 50, 68, 72, 60, 72, 68, 44, 72, 72, 35, 35, 67, 35, 105, 72, 69, 72, 72, 50, 60,
    48, 72, 66, 93, 65, 66, 59, 72, 37, 72, 84,
];

/// Every common monospaced face is at most this wide: 0.602 em in DejaVu Sans Mono and Menlo.
const MONO: i32 = 61;

/// Returns the width of a text in pixels, rounded up.
pub(super) fn width(text: &str, style: Style) -> i32 {
    pixels(text.chars().map(|c| advance(c, style.face)).sum(), style)
}

/// Returns the text, shortened with an ellipsis when it is wider than `room`.
pub(super) fn fit(text: &str, style: Style, room: i32) -> String {
    let text = one_line(text);
    if width(&text, style) <= room {
        return text;
    }
    let mut out = String::new();
    let mut total = advance('…', style.face);
    if pixels(total, style) > room {
        return out;
    }
    for c in text.chars() {
        total += advance(c, style.face);
        if pixels(total, style) > room {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// Returns the text broken at spaces into lines that fit; a word that is too long is shortened.
pub(super) fn wrap(text: &str, style: Style, room: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), style) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(fit(word, style, room)),
        }
    }
    lines
}

/// Returns the text without line breaks, control characters (which XML forbids) and marks that reverse what follows them.
pub(super) fn one_line(text: &str) -> String {
    let spaced = text.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c });
    spaced
        .filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}'))
        .collect()
}

fn pixels(hundredths: i32, style: Style) -> i32 {
    (hundredths * style.size + 99) / 100
}

fn advance(c: char, face: Face) -> i32 {
    let table = match face {
        Face::Sans => &SANS,
        Face::Bold => &BOLD,
        Face::Mono if u32::from(c) < 0x500 || matches!(c, '…' | '→') => return MONO,
        // East Asian letters and pictures take two cells.
        Face::Mono => return 2 * MONO,
    };
    let known = u32::from(c).checked_sub(0x20).and_then(|i| table.get(i as usize));
    match (known, c) {
        (Some(width), _) => i32::from(*width),
        (None, '·') => 38,
        // The widest letter of Latin, Greek and Cyrillic in bold, and an em with some room for anything else.
        (None, '\u{80}'..='\u{4ff}') => 118,
        (None, _) => 110,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{BODY, CODE, NAME, Style, fit, width, wrap};

    #[track_caller]
    fn check(text: &str, style: Style, room: i32, want: &str) {
        let got = fit(text, style, room);
        assert_eq!(got, want);
        assert!(width(&got, style) <= room, "{got:?} is {} wide", width(&got, style));
    }

    #[test]
    fn what_fits_is_left_alone_and_what_does_not_ends_in_an_ellipsis() {
        check("dev", NAME, 40, "dev");
        check("development", NAME, 60, "devel…");
        check("/users/{userId}", CODE, 80, "/users/{u…");
        check("add orders draft", BODY, 70, "add orde…");
        check("two words", BODY, 42, "two…");
        check("dev", NAME, 16, "…");
        check("dev", NAME, 3, "");
    }

    #[test]
    fn text_of_any_origin_becomes_one_line() {
        check("a\nb\tc\u{0}d", BODY, 90, "a b c d");
        check("x\u{202e}y", BODY, 90, "xy");
        check("日本語日本語", BODY, 39, "日…");
    }

    #[test]
    fn wrapping_keeps_words_whole() {
        assert_eq!(wrap("one two three", BODY, 60), ["one two", "three"]);
        assert_eq!(wrap("", BODY, 60), [""; 0]);
    }
}
