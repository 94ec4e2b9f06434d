//! Readers take time in proportion to the text: twice the text, about twice the steps. Steps are counted, no clock is read. A
//! reader that counts none would show nothing, so each text has to cost a step for whatever it repeats.

use super::super::{Shell, lex, query::Query, shell::Arg, shorthand, steps::counted};
use super::Sample;
use crate::text::shell::word;

/// Texts that repeat something: what stands before, what is repeated, what stands after.
const LINES: [(&str, &str, &str); 23] = [
    ("", "a ", ""),
    ("echo ", "'a'", ""),
    ("echo ", "\"a\"", ""),
    ("echo \"", "a", ""),
    ("echo '", "a", ""),
    ("echo '", "a", "'"),
    ("echo ", "\\a", ""),
    ("echo ", "$A", ""),
    ("echo ", "${A}", ""),
    ("echo ", "$", ""),
    ("", "A=b ;", ""),
    ("", "export A=b\n", ""),
    ("", "# a\n", ""),
    ("", "#", ""),
    ("", ";", ""),
    ("", "echo a && ", "echo"),
    ("", "echo a || ", "echo"),
    ("echo ", " \\\n", ""),
    ("echo ", "$(echo a) ", ""),
    ("echo >", " ", "/dev/null"),
    ("", "echo > /dev/null\n", ""),
    ("", "$ ", ""),
    ("", "export ", ""),
];

const SHORTHAND: [(&str, &str, &str); 12] = [
    ("a=", "b", ""),
    ("a=", "b,", ""),
    ("a=", "b,", "c=d"),
    ("a=", "b ,", "c"),
    ("a=", "\\,", ""),
    ("a='", "b", "'"),
    ("a=\"", "\\\"", "\""),
    ("a=[", "b,", "c]"),
    ("a={", "b=c,", "d=e}"),
    ("a=", " ", "b"),
    ("", "k", "=v"),
    ("a=", "'b',", "c"),
];

const QUERIES: [(&str, &str, &str); 10] = [
    ("a", ".b", ""),
    ("a", "[0]", ""),
    ("a", " || b", ""),
    ("[a", ",b", "]"),
    ("{a:b", ",c:d", "}"),
    ("", "(", ""),
    ("", "!", "a"),
    ("'", "a", "'"),
    ("`\"", "a", "\"`"),
    ("a", "[]", ""),
];

fn check(name: &str, texts: &[(&str, &str, &str)], read: impl Fn(&str)) {
    for (before, repeated, after) in texts {
        let cost = |times: usize| {
            let text = format!("{before}{}{after}", repeated.repeat(times));
            counted::of(|| read(&text))
        };
        let base = cost(500);
        assert!(base >= 500, "{name} of {repeated:?}: only {base} steps for 500, so that nothing is shown");
        for doublings in 1..=4 {
            let (times, most) = (500 << doublings, (base << doublings) + (base << doublings) / 10 + 100);
            let spent = cost(times);
            assert!(spent <= most, "{name} of {repeated:?}: {base} steps for 500, {spent} for {times}");
        }
    }
}

#[test]
fn lines_are_read_in_time_in_proportion() {
    check("the lexer", &LINES, |text| drop(lex::parse(text)));
}

#[test]
fn shorthand_is_read_in_time_in_proportion() {
    check("shorthand", &SHORTHAND, |text| drop(shorthand::parse(text)));
}

#[test]
fn queries_are_read_in_time_in_proportion() {
    check("a query", &QUERIES, |text| drop(Query::parse(&Arg::default().part(0, text))));
}

/// A short text cannot ask for much more than its own length.
#[test]
fn what_variables_come_to_is_bounded() {
    let mut text = "A=xxxxxxxxxx\n".to_owned();
    text.push_str(&"A=$A$A\n".repeat(40));
    text.push_str(&format!("echo {}\n", "$A ".repeat(1000)));
    let last = |text: &str| {
        let ran = Shell::new().run(&mut Sample::new(), text).pop().expect("a statement");
        let written: usize = ran.output.len();
        (ran.failure.map(|failure| failure.text()).unwrap_or_default(), written)
    };
    assert_eq!(last(&text), ("shell: the text is too long: more than 8388608 bytes".to_owned(), 0));
    let many: String = (0..2000).map(|number| format!("A{number}=x\n")).collect();
    assert_eq!(last(&many).0, "shell: there are too many variables: more than 1000");
    assert_eq!(last(&format!("echo {}", word(&"x".repeat(100_000)))).1, 100_000);
}
