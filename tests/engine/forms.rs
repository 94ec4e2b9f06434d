//! Every request, whatever stands in it, reads back from every form that it is written in: for all operations of the table, with
//! texts that mean something to a shell, to shorthand, to JSON, to a URI or to nobody.

use serde_json::{Map, Value, json};
use stagecraft::{
    control_plane::{ApiError, Command, Location, MemberRow, MemberType, OPERATIONS, OperationRow, Outcome, wire},
    dialects::{
        boto3,
        cli::{Host, HttpAnswer, HttpRequest, Shell, Unreachable, parse_command, print},
        console_steps, http, sdk_js,
    },
    entities::Workspace,
    text::{percent, shell},
};
use std::collections::BTreeMap;

/// Texts that mean something to somebody on the way.
const TEXTS: [&str; 64] = [
    "",
    " ",
    "a",
    "users",
    "two words",
    " x",
    "x ",
    "-",
    "--",
    "-x",
    "--x",
    "--rest-api-id",
    "--no-x",
    "--x=y",
    "---",
    "'",
    "''",
    "\"",
    "\\",
    "\\\\",
    "\\'",
    "it's",
    "a'b\"c\\d",
    "$",
    "$HOME",
    "${A}",
    "$(x)",
    "`x`",
    "!",
    "!!",
    "#",
    "# x",
    ";",
    "&&",
    "||",
    "|",
    "&",
    ">",
    "> /dev/null",
    "<x>",
    "\n",
    "a\nb",
    "\r\n",
    "\t",
    "\u{1}",
    "\u{0}",
    "\u{7f}",
    "é",
    "日本語",
    "😀",
    "\u{202e}abc",
    "{",
    "}",
    "{}",
    "[]",
    "[1, 2]",
    "{\"a\": 1}",
    "[\"x\"]",
    "null",
    "true",
    "12.50",
    "file://x",
    "fileb:///etc/passwd",
    "op=replace,path=/x,value=a\\,b",
];

/// More that is put together with them.
const PARTS: [&str; 20] = [
    "=", ",", ":", "/", "~1", "~0", "%", "%2F", "%zz", "?", "*", "@", "+", "{id}", "a=b,c=d", "[x", "x]", "=@", "help",
    "item",
];

/// Chance that is repeated every time.
struct Chance(fastrand::Rng);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0.usize(..end)
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    fn text(&mut self) -> String {
        match self.below(8) {
            0..=2 => self.one_of(&TEXTS).to_owned(),
            3 => self.one_of(&PARTS).to_owned(),
            4..=5 => (0..self.below(5))
                .map(|_| if self.0.bool() { self.one_of(&TEXTS) } else { self.one_of(&PARTS) })
                .collect(),
            6 => (0..self.below(12)).map(|_| self.0.char(..)).collect(),
            _ => (0..1 + self.below(8)).map(|_| self.0.alphanumeric()).collect(),
        }
    }

    fn number(&mut self) -> f64 {
        [0.0, 1.0, 0.5, -1.5, 12.25, 1e-9, 1e21, 100.0][self.below(8)]
    }

    fn structure(&mut self, members: &[(&str, MemberType)]) -> Value {
        let mut out = Map::new();
        for (name, member_type) in members {
            if self.below(3) > 0 {
                out.insert((*name).to_owned(), self.value(*member_type));
            }
        }
        Value::Object(out)
    }

    fn map(&mut self, mut value: impl FnMut(&mut Self) -> Value) -> Value {
        (0..self.below(4)).map(|_| (self.text(), value(self))).collect::<Map<_, _>>().into()
    }

    fn list(&mut self, mut value: impl FnMut(&mut Self) -> Value) -> Value {
        (0..self.below(4)).map(|_| value(self)).collect()
    }

    fn value(&mut self, member_type: MemberType) -> Value {
        match member_type {
            MemberType::Text => self.text().into(),
            MemberType::Boolean => self.0.bool().into(),
            MemberType::Integer => [0, 1, -1, 25, i64::MAX, i64::MIN][self.below(6)].into(),
            MemberType::Double => self.number().into(),
            MemberType::TextList => self.list(|chance| chance.text().into()),
            MemberType::TextMap => self.map(|chance| chance.text().into()),
            MemberType::BooleanMap => self.map(|chance| chance.0.bool().into()),
            MemberType::TextListMap => self.map(|chance| chance.list(|chance| chance.text().into())),
            MemberType::PatchList => self.list(|chance| {
                let mut patch = json!({ "op": chance.one_of(&["add", "remove", "replace", "copy", "move", "x y"]) });
                for name in ["path", "value", "from"] {
                    if chance.below(3) > 0 {
                        patch[name] = chance.text().into();
                    }
                }
                patch
            }),
            MemberType::Structure(members) => self.structure(members),
            MemberType::StructureList(members) => self.list(|chance| chance.structure(members)),
            MemberType::StructureMap(members) => self.map(|chance| chance.structure(members)),
        }
    }

    /// Returns a request; `None` for one that has no form, since a member of it is wrong in itself.
    fn request(&mut self, row: &OperationRow) -> Option<Command> {
        let mut input = Map::new();
        for member in row.members {
            if member.required || self.below(3) > 0 {
                input.insert(member.name.to_owned(), self.value(member.member_type));
            }
        }
        Command::parse(row.service, row.name, input).ok()
    }
}

/// Takes a request down instead of carrying it out.
#[derive(Default)]
struct Listener(Vec<Command>);

impl Host for Listener {
    fn control(&mut self, command: Command) -> Result<Outcome, ApiError> {
        self.0.push(command);
        Err(ApiError::UnknownOperation)
    }

    fn fetch(&mut self, request: &HttpRequest) -> Result<HttpAnswer, Unreachable> {
        Err(Unreachable::host(&request.url))
    }

    fn region(&self) -> String {
        "us-east-1".into()
    }
}

/// Runs a check on requests of every operation, each many times.
fn every_operation(check: impl Fn(&Command)) {
    let rounds = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(60);
    let mut made: BTreeMap<&str, usize> = BTreeMap::new();
    for row in OPERATIONS {
        for seed in 0..rounds {
            let Some(command) = Chance(fastrand::Rng::with_seed(seed)).request(row) else { continue };
            *made.entry(row.name).or_default() += 1;
            check(&command);
        }
    }
    for row in OPERATIONS {
        let count = made.get(row.name).copied().unwrap_or_default();
        assert!(count as u64 * 4 >= rounds, "{}: only {count} of {rounds} could be made", row.name);
    }
}

#[test]
fn every_command_line_reads_back_as_the_request_that_it_was_printed_from() {
    every_operation(|command| {
        let line = print(command);
        let again = parse_command(&line).unwrap_or_else(|failure| panic!("{line}\n{command:?}\n{}", failure.text()));
        assert_eq!(&again, command, "{line}");
    });
}

#[test]
fn a_shell_sends_the_request_that_a_line_was_printed_from() {
    every_operation(|command| {
        let mut listener = Listener::default();
        let line = format!("X={}\n{} # told\n", shell::word("a b"), print(command));
        Shell::new().run(&mut listener, &line);
        assert_eq!(listener.0.first(), Some(command), "{line}");
        assert_eq!(listener.0.len(), 1, "{line}");
    });
}

#[test]
fn every_request_reads_back_from_its_stored_and_its_wire_form() {
    every_operation(|command| {
        assert_eq!(Command::parse(command.row().service, command.name(), command.input()).as_ref(), Ok(command));
        let input = command.input();
        let unsaid = |member: &MemberRow| match member.location {
            // A URI without a segment is another operation's; the SDKs refuse to send it.
            Location::Uri => input[member.name] == "",
            // A query has no empty lists.
            Location::Query => input.get(member.name).is_some_and(|value| *value == json!([])),
            Location::Body | Location::Payload => false,
        };
        if command.row().members.iter().any(unsaid) {
            return;
        }
        let (verb, uri, body) = wire::print(command);
        let (path, query) = uri.split_once('?').unwrap_or((&uri, ""));
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let query: Vec<(String, String)> =
            pairs.map(|(name, value)| (name.to_owned(), percent::decode(value))).collect();
        let again = wire::parse(verb, path, &query, &body.unwrap_or_default());
        assert_eq!(again.as_ref(), Ok(command), "{verb} {uri}");
    });
}

#[test]
fn every_dialect_has_a_word_for_every_request() {
    every_operation(|command| {
        for text in [boto3::print(command), sdk_js::print(command), http::print(command, "us-east-1")] {
            assert!(!text.is_empty(), "{command:?}");
        }
        for step in console_steps::print(command, &Workspace::default()) {
            assert!(!step.is_empty(), "{command:?}");
        }
    });
}
