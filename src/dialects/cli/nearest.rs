//! The nearest right spelling of a wrong word.

/// Longer words are not compared: whatever they are, they are no slip of a finger.
const LONGEST: usize = 64;

/// Returns the candidate that a word was probably meant to be; `None` when none is near.
pub(super) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    if word.len() > LONGEST {
        return None;
    }
    let near = |candidate: &'a str| {
        let distance = distance(word, candidate);
        let beginning = word.len() >= 4 && candidate.starts_with(word);
        (beginning || distance <= 1 + candidate.len() / 5).then_some((distance, candidate))
    };
    candidates.into_iter().filter_map(near).min().map(|(_, candidate)| candidate.to_owned())
}

/// Returns how many letters must be added, removed, exchanged, or swapped with their neighbour, whatever their case.
fn distance(a: &str, b: &str) -> usize {
    let lower = |text: &str| text.bytes().map(|byte| byte.to_ascii_lowercase()).take(LONGEST).collect::<Vec<u8>>();
    let (a, b) = (lower(a), lower(b));
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            let swap = if swapped { rows[i - 2][j - 2] + 1 } else { usize::MAX };
            row.push(changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1).min(swap));
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// Returns what the AWS CLI says of a value that is not among a few: all of them, two on a line, and those that are much like it.
pub(super) fn choices(value: &str, choices: &[&str]) -> String {
    let mut out = String::from("Invalid choice, valid choices are:\n");
    for pair in choices.chunks(2) {
        let cells: Vec<String> = pair.iter().map(|choice| format!("{choice:<40}")).collect();
        out.extend(["\n", &cells.join(" | ")]);
    }
    let mut like: Vec<(usize, &str)> = choices.iter().map(|choice| (likeness(value, choice), *choice)).collect();
    like.retain(|(percent, _)| *percent >= 80);
    crate::collections::sort_by(&mut like, |a, b| b.cmp(a));
    if !like.is_empty() {
        out.extend(["\n\n\nInvalid choice: ", &super::output::quoted_text(value), ", maybe you meant:\n"]);
        for (_, choice) in like.into_iter().take(3) {
            out.extend(["\n  * ", choice]);
        }
    }
    out
}

/// Returns how much two words have in common, in hundredths: twice the letters in common runs, by all letters (as Python's
/// difflib).
fn likeness(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(LONGEST + 1).collect(), b.chars().collect());
    let all = a.len() + b.len();
    if all == 0 || a.len() > LONGEST { 0 } else { 200 * common(&a, &b) / all }
}

/// Returns the letters of the longest common run and of those on either side of it.
fn common(a: &[char], b: &[char]) -> usize {
    let mut best = (0, 0, 0);
    for i in 0..a.len() {
        for j in 0..b.len() {
            let length = a[i..].iter().zip(&b[j..]).take_while(|(a, b)| a == b).count();
            if length > best.0 {
                best = (length, i, j);
            }
        }
    }
    match best {
        (0, ..) => 0,
        (length, i, j) => length + common(&a[..i], &b[..j]) + common(&a[i + length..], &b[j + length..]),
    }
}
