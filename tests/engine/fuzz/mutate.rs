//! Small changes to texts, by chance: what somebody mistypes, cuts off, pastes twice, or tries on purpose.

use fastrand::Rng;

/// Bytes that an input grows to.
const LONGEST: usize = 20_000;

/// The words that mean something to one of the readers.
const WORDS: [&str; 96] = [
    "'",
    "\"",
    "\\",
    "`",
    "$",
    "$(",
    "${",
    ")",
    "}",
    "{",
    "[",
    "]",
    "(",
    "#",
    "##",
    "#*",
    "*#",
    "#[[",
    "]]#",
    "&&",
    "||",
    ";",
    "|",
    "\n",
    "\r\n",
    "\t",
    " ",
    "\0",
    "\u{1}",
    "\u{7f}",
    "é",
    "日",
    "😀",
    "\u{202e}",
    "\u{feff}",
    "=",
    ",",
    ":",
    "::",
    ".",
    "..",
    "/",
    "//",
    "~0",
    "~1",
    "~",
    "%",
    "%2F",
    "%00",
    "%zz",
    "?",
    "*",
    "@",
    "&",
    "!",
    "<",
    ">",
    "-",
    "--",
    "-0",
    "0",
    "1",
    "255",
    "256",
    "65536",
    "2147483648",
    "9223372036854775807",
    "-9223372036854775808",
    "1e999",
    "1e-9",
    "0.1",
    "null",
    "true",
    "false",
    "NaN",
    "file://",
    "--query",
    "--output table",
    "items[*]",
    "[?a=='b']",
    "[]",
    "[::-1]",
    "| [0]",
    "sort_by(@, &a)",
    "#if(",
    "#end",
    "#foreach($i in [1..9])",
    "#set($x = ",
    "$input.json('$",
    "$util.",
    ".size()",
    "$..*",
    "{\"a\":",
    "op=add,path=/",
    "aws apigateway ",
    "%7B",
];

/// Returns a changed copy of one of the inputs.
pub(crate) fn mutate(pool: &[String], chance: &mut Rng) -> String {
    let mut bytes = pick(pool, chance).as_bytes().to_vec();
    for _ in 0..1 + chance.usize(..5) {
        change(&mut bytes, pool, chance);
    }
    bytes.truncate(LONGEST);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn pick<'a>(pool: &'a [String], chance: &mut Rng) -> &'a str {
    // What was found last leads on most often.
    let at =
        if chance.bool() { chance.usize(..pool.len()) } else { pool.len() - 1 - chance.usize(..pool.len().min(40)) };
    &pool[at]
}

fn range(length: usize, most: usize, chance: &mut Rng) -> std::ops::Range<usize> {
    let start = chance.usize(..=length);
    start..start + chance.usize(..=most.min(length - start))
}

fn change(bytes: &mut Vec<u8>, pool: &[String], chance: &mut Rng) {
    let length = bytes.len();
    let at = chance.usize(..=length);
    match chance.usize(..11) {
        0 if length > 0 => bytes[at.min(length - 1)] = chance.u8(..),
        1 if length > 0 => bytes[at.min(length - 1)] ^= 1 << chance.usize(..8),
        2 => drop(bytes.drain(range(length, 8, chance))),
        3 => drop(bytes.drain(range(length, length, chance))),
        4..=6 => insert(bytes, at, WORDS[chance.usize(..WORDS.len())].as_bytes()),
        7 => {
            let copied = bytes[range(length, 60, chance)].to_vec();
            insert(bytes, at, &copied);
        }
        8 => {
            let other = pick(pool, chance).as_bytes();
            let part = other[range(other.len(), 200, chance)].to_vec();
            insert(bytes, at, &part);
        }
        9 => {
            // The same again and again: depth, length, repetition.
            let copied = bytes[range(length, 12, chance)].to_vec();
            let times = [3, 20, 100, 700][chance.usize(..4)];
            insert(bytes, at, &copied.repeat(times));
        }
        _ => {
            let word = WORDS[chance.usize(..WORDS.len())].repeat([1, 9, 40, 300][chance.usize(..4)]);
            insert(bytes, at, word.as_bytes());
        }
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, what: &[u8]) {
    bytes.splice(at..at, what.iter().copied());
}
