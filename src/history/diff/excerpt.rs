//! Two texts reduced to the lines that differ, so that a long template can be shown beside its new version.

use crate::text::beginning;

/// Unchanged lines that are kept around the changed ones.
const CONTEXT: usize = 1;
/// Lines of one side that are kept.
const LINES: usize = 40;
/// Characters of one line that are kept.
const COLUMNS: usize = 300;

/// One line of a side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whether it belongs to what differs.
    pub changed: bool,
    /// Its text, without the end of line; cut when it is very long.
    pub text: String,
}

/// The part of one side that is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// Lines before these that are left out; both sides have them.
    pub above: usize,
    /// The lines.
    pub lines: Vec<Line>,
    /// Lines after these that are left out.
    pub below: usize,
}

/// Returns the lines by which two texts differ, with what stands right before and after them. The same lines at the beginning
/// and at the end are left out; what lies between counts as changed.
pub fn excerpt(before: &str, after: &str) -> (Side, Side) {
    let (a, b): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let head = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let room = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    (side(&a, head, tail), side(&b, head, tail))
}

fn side(lines: &[&str], head: usize, tail: usize) -> Side {
    let above = head.saturating_sub(CONTEXT);
    let changed = head..lines.len() - tail;
    let end = (changed.end + CONTEXT).min(lines.len());
    let kept: Vec<Line> = lines
        .iter()
        .enumerate()
        .take(end)
        .skip(above)
        .take(LINES)
        .map(|(at, text)| Line { changed: changed.contains(&at), text: beginning(text, COLUMNS) })
        .collect();
    Side { above, below: lines.len() - above - kept.len(), lines: kept }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{Side, excerpt};
    use expect_test::{Expect, expect};

    fn show(side: &Side) -> String {
        let line = |line: &super::Line| format!("{}{}\n", if line.changed { '*' } else { ' ' }, line.text);
        let lines: String = side.lines.iter().map(line).collect();
        format!("({} above)\n{lines}({} below)\n", side.above, side.below)
    }

    #[track_caller]
    fn check(before: &str, after: &str, want: &Expect) {
        let (a, b) = excerpt(before, after);
        want.assert_eq(&format!("{}--\n{}", show(&a), show(&b)));
    }

    #[test]
    fn a_changed_line_stands_between_its_neighbours() {
        check(
            "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}",
            "{\n  \"a\": 1,\n  \"b\": 7,\n  \"c\": 3\n}",
            &expect![[r#"
                (1 above)
                   "a": 1,
                *  "b": 2,
                   "c": 3
                (1 below)
                --
                (1 above)
                   "a": 1,
                *  "b": 7,
                   "c": 3
                (1 below)
            "#]],
        );
    }

    #[test]
    fn a_line_that_was_only_added_leaves_the_other_side_unmarked() {
        check(
            "a\nb",
            "a\nnew\nb",
            &expect![[r#"
                (0 above)
                 a
                 b
                (0 below)
                --
                (0 above)
                 a
                *new
                 b
                (0 below)
            "#]],
        );
        check(
            "same\nsame",
            "same\nsame\nsame",
            &expect![[r#"
            (1 above)
             same
            (0 below)
            --
            (1 above)
             same
            *same
            (0 below)
        "#]],
        );
        check(
            "",
            "only",
            &expect![[r#"
            (0 above)
            (0 below)
            --
            (0 above)
            *only
            (0 below)
        "#]],
        );
    }

    #[test]
    fn long_texts_and_long_lines_are_cut() {
        let long = "x\n".repeat(1000);
        let (a, b) = excerpt(&long, &"é".repeat(1000));
        assert_eq!((a.lines.len(), a.below), (40, 960));
        assert_eq!(b.lines.first().map(|line| line.text.chars().count()), Some(301));
    }
}
