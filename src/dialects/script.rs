//! Several requests as a shell script that the AWS CLI runs on any account: ids that a request brings are held in variables,
//! so that the requests after it name what the script itself has made.

use super::cli;
use crate::{
    collections::SortedMap,
    control_plane::{Command, Members, kebab},
};
use serde_json::Value;

/// A request with the answer that it got.
#[derive(Debug)]
pub struct Line<'a> {
    /// The request.
    pub command: &'a Command,
    /// The answer's body.
    pub answer: Option<&'a Value>,
    /// What it did, in a sentence.
    pub note: String,
}

/// A variable of the script is written so until the quotes around it are known. Of all texts only these have it: a control
/// character is in no request that has an id in it.
const MARK: char = '\u{1}';

/// The script.
pub fn print<'a>(lines: impl IntoIterator<Item = Line<'a>>, region: &str) -> String {
    let mut out = format!("#!/bin/sh\nset -e\nexport AWS_DEFAULT_REGION={}\n", cli::quote(region));
    let mut variables = Variables::default();
    for line in lines {
        out.push_str(&format!("\n# {}\n", line.note.replace(['\n', '\r'], " ")));
        out.push_str(&variables.line(&line));
    }
    out
}

/// Variables by the id that they hold.
#[derive(Default)]
struct Variables {
    by_id: SortedMap<String, String>,
    counts: SortedMap<String, usize>,
}

impl Variables {
    fn line(&mut self, line: &Line<'_>) -> String {
        let Some(command) = self.with_marks(line.command) else { return format!("{}\n", cli::print(line.command)) };
        let text = self.written(&cli::print(&command));
        if let Some((member, names)) = self.brought_list(line) {
            return list_of(&text, &member, &names);
        }
        let brought = self.brought(line);
        let Some((member, first)) = brought.first() else { return format!("{text} > /dev/null\n") };
        let mut out = format!("{first}=$({text} --query {member} --output text)\n");
        // One command gives one variable; what else it brought is asked for.
        let id_member = line.command.row().name.strip_prefix("Create").map(lower_first);
        for (member, name) in brought.iter().skip(1) {
            let Some(noun) = &id_member else { continue };
            let option = kebab(&format!("{noun}Id"));
            let get = kebab(noun);
            out.push_str(&format!(
                "{name}=$(aws apigateway get-{get} --{option} \"${{{first}}}\" --query {member} --output text)\n"
            ));
        }
        out
    }

    /// The ids among the answer's members that nothing has brought before, each with a new variable.
    fn brought(&mut self, line: &Line<'_>) -> Vec<(String, String)> {
        let creates = ["POST", "PUT"].contains(&line.command.row().verb);
        let Some(Value::Object(answer)) = line.answer.filter(|_| creates) else { return Vec::new() };
        let mut out = Vec::new();
        for (member, value) in answer {
            let is_id = member == "id" || member.ends_with("Id");
            let Some(id) = value.as_str().filter(|id| is_id && is_minted(id)) else { continue };
            if self.by_id.contains_key(id) || line.command.input().values().any(|given| given.as_str() == Some(id)) {
                continue;
            }
            let noun = match member.as_str() {
                "id" => screaming(line.command.name().trim_start_matches("Create")) + "_ID",
                other => screaming(other),
            };
            out.push((member.clone(), self.name(noun, id)));
        }
        // The object's own id first: the others are asked for by it.
        crate::collections::sort_by(&mut out, |a, b| (a.0 != "id").cmp(&(b.0 != "id")));
        out
    }

    /// The member of the answer that lists ids, such as those of imported keys, with a variable for each.
    fn brought_list(&mut self, line: &Line<'_>) -> Option<(String, Vec<String>)> {
        let (member, ids) = line.answer?.as_object()?.iter().find_map(|(member, value)| {
            let ids = value.as_array().filter(|ids| member == "ids" && !ids.is_empty())?;
            let ids: Option<Vec<&str>> = ids.iter().map(|id| id.as_str().filter(|id| is_minted(id))).collect();
            Some((member.clone(), ids?))
        })?;
        let noun = line.command.name().trim_start_matches("Import").trim_end_matches('s');
        let known = |variables: &Self, id: &str| variables.by_id.get(id).cloned();
        let name = |id: &&str| known(self, id).unwrap_or_else(|| self.name(screaming(noun) + "_ID", id));
        Some((member, ids.iter().map(name).collect()))
    }

    /// A new variable that holds an id.
    fn name(&mut self, noun: String, id: &str) -> String {
        let count = self.counts.get(&noun).copied().unwrap_or(0) + 1;
        self.counts.insert(noun.clone(), count);
        let name = if count == 1 { noun } else { format!("{noun}_{count}") };
        self.by_id.insert(id.to_owned(), name.clone());
        name
    }

    /// The request with a mark in the place of each id; `None` when it holds none, or would be read otherwise.
    fn with_marks(&self, command: &Command) -> Option<Command> {
        if command.input().values().any(|value| value.to_string().contains("\\u0001")) {
            return None;
        }
        let input: Members = command.input().into_iter().map(|(name, value)| (name, self.marked(value))).collect();
        Command::parse(command.name(), input).ok()
    }

    fn marked(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.mark(text)),
            Value::Array(items) => items.into_iter().map(|item| self.marked(item)).collect(),
            Value::Object(members) => members.into_iter().map(|(name, value)| (name, self.marked(value))).collect(),
            other => other,
        }
    }

    fn mark(&self, text: String) -> String {
        // What has no word of an id's length has no id.
        let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).collect();
        let found: Vec<(&str, &String)> =
            words.into_iter().filter_map(|word| Some((word, self.by_id.get(word)?))).collect();
        let mut out = text.clone();
        for (id, name) in found {
            out = out.replace(id, &format!("{MARK}{name}{MARK}"));
        }
        out
    }

    /// A line with its marks as the shell reads a variable, inside quotes and outside.
    fn written(&self, line: &str) -> String {
        let line = line.replace(&format!("\\u{:04x}", u32::from(MARK)), &MARK.to_string());
        let mut out = String::new();
        let mut quoted = false;
        for (at, part) in line.split(MARK).enumerate() {
            if at % 2 == 1 {
                out.push_str(&if quoted { format!("'\"${{{part}}}\"'") } else { format!("\"${{{part}}}\"") });
                continue;
            }
            let mut escaped = false;
            for c in part.chars() {
                match c {
                    '\'' if !escaped => quoted = !quoted,
                    _ => {}
                }
                escaped = c == '\\' && !quoted && !escaped;
            }
            out.push_str(part);
        }
        // `''` beside a variable is nothing.
        out.replace("''\"${", "\"${").replace("}\"''", "}\"")
    }
}

/// A command whose answer lists ids: they become the shell's numbered variables, and those of the script from them.
fn list_of(text: &str, member: &str, names: &[String]) -> String {
    let mut out = format!("IDS=$({text} --query {member} --output text)\nset -- $IDS\n");
    for (at, name) in names.iter().enumerate() {
        out.push_str(&format!("{name}=\"${{{}}}\"\n", at + 1));
    }
    out
}

/// Whether a text looks like an id that AWS makes, and not like a name that was given.
fn is_minted(text: &str) -> bool {
    text.len() >= 6 && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|c| c.to_ascii_lowercase()).into_iter().chain(chars).collect()
}

/// `rootResourceId` → `ROOT_RESOURCE_ID`.
fn screaming(camel: &str) -> String {
    kebab(camel).replace('-', "_").to_ascii_uppercase()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{Line, print};
    use crate::{
        control_plane::{ApiError, Command, Outcome, wire},
        dialects::cli::{Host, HttpAnswer, HttpRequest, Shell, Unreachable, parse_command},
        entities::Timestamp,
        env::Env,
        history::{Act, Session},
        sample,
    };
    use expect_test::{Expect, expect};

    struct Account(Session);

    impl Host for Account {
        fn control(&mut self, command: Command) -> Result<Outcome, ApiError> {
            self.0.execute(command)
        }

        fn fetch(&mut self, request: &HttpRequest) -> Result<HttpAnswer, Unreachable> {
            Err(Unreachable::host(&request.url))
        }

        fn region(&self) -> String {
            "us-east-1".into()
        }
    }

    fn script(session: &Session) -> String {
        let answers: Vec<_> =
            session.leading_to(usize::MAX).into_iter().map(|at| (at, session.answer(at).expect("a request"))).collect();
        let lines = answers.iter().map(|(at, outcome)| {
            let Act::Command(command) = &session.operations()[*at].record.act else { panic!("a request") };
            Line { command, answer: outcome.body.as_ref(), note: command.name().to_owned() }
        });
        print(lines, "us-east-1")
    }

    fn run(session: Session, text: &str) -> Session {
        let mut account = Account(session);
        for ran in Shell::new().run(&mut account, text) {
            assert_eq!(ran.failure.map(|failure| failure.text()), None, "{text}");
        }
        account.0
    }

    fn empty() -> Session {
        Session::new(Env::new(99, Timestamp(1_800_000_000_000)))
    }

    /// What the workspace answers to reads, with its ids in the order in which they come.
    fn shape(session: &mut Session) -> String {
        let ids: Vec<String> =
            session.operations().iter().flat_map(|o| o.record.ids.iter().map(|id| id.to_string())).collect();
        let mut out = String::new();
        let apis: Vec<String> = session.present().rest_apis.keys().map(|id| id.to_string()).collect();
        for api in apis {
            for what in ["", "/resources?embed=methods", "/deployments", "/stages"] {
                let command = wire::parse("GET", &format!("/restapis/{api}{what}"), &[], "").expect("a read");
                let body = session.execute(command).expect("an answer").body.unwrap_or_default();
                out.push_str(&format!("{}\n", serde_json::to_string_pretty(&body).expect("JSON")));
            }
        }
        for (at, id) in ids.iter().enumerate() {
            out = out.replace(id.as_str(), &format!("<{at}>"));
        }
        // Lists come by id, and these differ: the lines of all answers, whatever their order.
        let mut lines: Vec<&str> = out.lines().map(|line| line.trim_end_matches(',')).collect();
        lines.sort_unstable();
        lines.join("\n")
    }

    #[test]
    fn a_script_makes_the_same_on_an_empty_account() {
        let mut session = sample::session(Env::new(7, Timestamp(1_800_000_000_000))).expect("the sample");
        let api = session.present().rest_apis.keys().next().expect("an API").to_string();
        session = run(
            session,
            &format!(
                "D=$(aws apigateway create-deployment --rest-api-id {api} --stage-name dev --query id --output text); aws apigateway create-stage --rest-api-id {api} --stage-name prod --deployment-id $D; aws apigateway update-stage --rest-api-id {api} --stage-name prod --patch-operations op=replace,path=/variables/x,value=y op=replace,path=/description,value=\"it's\"; aws apigateway delete-stage --rest-api-id {api} --stage-name dev"
            ),
        );
        assert!(session.undo());
        let text = script(&session);
        assert!(!text.contains("delete-stage"), "what was taken back is not in it");
        let mut again = run(empty(), &text);
        assert!(!text.contains(&api), "{text}");
        let (first, second) = (shape(&mut session), shape(&mut again));
        // The undone step has no ids of its own, so both count alike.
        assert_eq!(first, second, "{text}");
    }

    #[test]
    fn ids_are_variables_whatever_quotes_are_around_them() {
        let mut session = empty();
        let first = session
            .execute(
                parse_command("aws apigateway create-rest-api --name Pets").unwrap_or_else(|f| panic!("{}", f.text())),
            )
            .expect("an API");
        let (api, root) =
            (first.text("id").expect("an id").to_owned(), first.text("rootResourceId").expect("an id").to_owned());
        session = run(
            session,
            &format!(
                "aws apigateway create-resource --rest-api-id {api} --parent-id {root} --path-part pets\naws apigateway update-rest-api --rest-api-id {api} --patch-operations op=replace,path=/description,value='not {api} but '\"it's\""
            ),
        );
        let check = |text: String, expected: Expect| expected.assert_eq(&text);
        check(
            script(&session),
            expect![[r##"
            #!/bin/sh
            set -e
            export AWS_DEFAULT_REGION=us-east-1

            # CreateRestApi
            REST_API_ID=$(aws apigateway create-rest-api --name Pets --query id --output text)
            ROOT_RESOURCE_ID=$(aws apigateway get-rest-api --rest-api-id "${REST_API_ID}" --query rootResourceId --output text)

            # CreateResource
            RESOURCE_ID=$(aws apigateway create-resource --rest-api-id "${REST_API_ID}" --parent-id "${ROOT_RESOURCE_ID}" --path-part pets --query id --output text)

            # UpdateRestApi
            aws apigateway update-rest-api --rest-api-id "${REST_API_ID}" --patch-operations '[{"op":"replace","path":"/description","value":"not '"${REST_API_ID}"' but it'\''s"}]' > /dev/null
        "##]],
        );
    }
}
