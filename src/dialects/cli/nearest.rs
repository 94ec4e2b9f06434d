//! The nearest right spelling of a wrong word.

/// Longer words are not compared: whatever they are, they are no slip of a finger.
const LONGEST: usize = 64;

/// The candidate that a word was probably meant to be; `None` when none is near.
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

/// How many letters must be added, removed, exchanged, or swapped with their neighbour, whatever their case.
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
