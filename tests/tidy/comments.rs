//! The comments of the documentation in plain English, as far as a machine can tell.

use super::{check, source::files};

/// Folders whose Rust is documented.
const FOLDERS: [&str; 5] = ["src", "tests", "xtask", "benches", "macros"];

/// Openings of a comment that ask, instead of saying by a verb or a noun what a thing does or is.
const OPENINGS: [&str; 2] = ["What ", "What's "];

/// Returns the first line of each comment, with the line's number.
fn first_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let comment = |line: &'_ str| -> Option<usize> {
        let line = line.trim_start();
        (line.starts_with("/// ") || line.starts_with("//! ")).then_some(4)
    };
    let mut before = false;
    text.lines().enumerate().filter_map(move |(at, line)| {
        let goes_on = std::mem::replace(&mut before, line.trim_start().starts_with("//"));
        let cut = comment(line).filter(|_| !goes_on)?;
        Some((at + 1, line.trim_start().get(cut..)?.trim_start()))
    })
}

#[test]
fn no_comment_begins_with_a_question() {
    let files = FOLDERS.into_iter().flat_map(|folder| files(folder, "rs"));
    check(files.flat_map(|file| {
        let asks = |line: &str| OPENINGS.iter().any(|opening| line.starts_with(opening));
        let bad = first_lines(&file.text).filter(|(_, line)| asks(line));
        bad.map(|(at, line)| format!("{}:{at}: begin with a verb or a noun: {line}", file.path)).collect::<Vec<_>>()
    }));
}

#[test]
fn the_first_line_of_a_comment_is_found_wherever_it_stands() {
    let text = "//! Room.\n\n/// One.\n/// What follows.\nfn a() {}\n    /// Two.\n    b: u8, // no\n// no\n";
    let lines: Vec<_> = first_lines(text).collect();
    assert_eq!(lines, [(1, "Room."), (3, "One."), (6, "Two.")]);
}
