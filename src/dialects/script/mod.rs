//! Several requests as a shell script that the AWS CLI runs on any account: ids that a request brings are held in variables,
//! so that the requests after it name what the script itself has made.

mod before;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

use super::cli;
use crate::{
    collections::SortedMap,
    control_plane::{Command, Members},
    entities::Workspace,
    text::{kebab, shell, uncapitalized},
};
use before::{Found, Known};
use serde_json::Value;

/// A request with the answer that it got.
#[derive(Debug)]
pub struct Line<'a> {
    /// The request.
    pub command: &'a Command,
    /// The answer's body.
    pub answer: Option<&'a Value>,
    /// The sentence about its deed.
    pub note: String,
    /// The workspace after it: what it made that no answer names is looked up there.
    pub after: &'a Workspace,
}

/// A variable of the script is written so until the quotes around it are known. Of all texts only these have it: a control
/// character is in no request that has an id in it.
const MARK: char = '\u{1}';

const BEFORE: &str =
    "What this needs was made before it, and is looked up here; what has no name of its own is asked for.";
const COPIED: &str = "What was copied has ids of its own, which are looked up here.";

/// Returns the script that makes everything in an empty account.
pub fn print<'a>(lines: impl IntoIterator<Item = Line<'a>>, region: &str) -> String {
    print_from(lines, region, &Workspace::default(), "")
}

/// Returns the script that goes on from what there was before it: what it needs of that is looked up by name at its
/// top, or asked for where no name tells it from others. `title` says in a comment what the script is.
pub fn print_from<'a>(
    lines: impl IntoIterator<Item = Line<'a>>,
    region: &str,
    before: &Workspace,
    title: &str,
) -> String {
    let mut out = format!("#!/bin/sh\nset -e\nexport AWS_DEFAULT_REGION={}\n", shell::word(region));
    if !title.is_empty() {
        out.push_str(&format!("\n{}\n", comment(title)));
    }
    let lines: Vec<Line<'a>> = lines.into_iter().collect();
    let mut variables = Variables::default();
    out.push_str(&variables.look_up(&lines, before, BEFORE));
    for (at, line) in lines.iter().enumerate() {
        out.push_str(&format!("\n{}\n", comment(&line.note)));
        out.push_str(&variables.line(line));
        if line.command.input().contains_key("cloneFrom") {
            let rest = lines.get(at + 1..).unwrap_or_default();
            out.push_str(&variables.look_up(rest, line.after, COPIED));
        }
    }
    out
}

fn comment(text: &str) -> String {
    format!("# {}", text.replace(['\n', '\r'], " "))
}

/// Variables by the id that they hold.
#[derive(Default)]
struct Variables {
    by_id: SortedMap<String, String>,
    counts: SortedMap<String, usize>,
}

impl Variables {
    /// Lines that give variables to what the script needs and does not make itself.
    fn look_up(&mut self, lines: &[Line<'_>], before: &Workspace, said: &str) -> String {
        let known = before::all(before);
        let mut out = Vec::new();
        for line in lines {
            for value in line.command.input().values() {
                before::words(value, &mut |word| self.need(word, &known, &mut out));
            }
        }
        if out.is_empty() {
            return String::new();
        }
        format!("\n{}\n{}", comment(said), out.concat())
    }

    fn need(&mut self, id: &str, known: &SortedMap<String, Known>, out: &mut Vec<String>) {
        let Some(found) = known.get(id).filter(|_| !self.by_id.contains_key(id)) else { return };
        if let (Some(needed), Found::By(_)) = (&found.needs, &found.found) {
            self.need(needed, known, out);
        }
        let name = self.name(found.noun.to_owned(), id);
        out.push(match &found.found {
            Found::By(line) => {
                let of = found.needs.as_ref().and_then(|needed| Some((needed, self.by_id.get(needed)?)));
                let line = of.map_or(line.clone(), |(id, name)| line.replace(id.as_str(), &format!("\"${{{name}}}\"")));
                format!("{name}=$({line})\n")
            }
            Found::Asked => format!("{name}=${{{name}:?the id of {}}}\n", plain(&found.is)),
        });
    }

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
        let service = line.command.row().service.cli_name;
        let id_member = line.command.row().name.strip_prefix("Create").map(uncapitalized);
        for (member, name) in brought.iter().skip(1) {
            let Some(noun) = &id_member else { continue };
            let option = kebab(&format!("{noun}Id"));
            let get = kebab(noun);
            out.push_str(&format!(
                "{name}=$(aws {service} get-{get} --{option} \"${{{first}}}\" --query {member} --output text)\n"
            ));
        }
        out
    }

    /// Returns the ids among the answer's members that nothing has brought before, each with a new variable.
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

    /// Returns the member of the answer that lists ids, such as those of imported keys, with a variable for each.
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

    /// Returns a new variable that holds an id.
    fn name(&mut self, noun: String, id: &str) -> String {
        let count = self.counts.get(&noun).copied().unwrap_or(0) + 1;
        self.counts.insert(noun.clone(), count);
        let name = if count == 1 { noun } else { format!("{noun}_{count}") };
        self.by_id.insert(id.to_owned(), name.clone());
        name
    }

    /// Returns the request with a mark in the place of each id; `None` when it holds none, or would be read
    /// otherwise.
    fn with_marks(&self, command: &Command) -> Option<Command> {
        if command.input().values().any(|value| value.to_string().contains("\\u0001")) {
            return None;
        }
        let input: Members = command.input().into_iter().map(|(name, value)| (name, self.marked(value))).collect();
        Command::parse(command.row().service, command.name(), input).ok()
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

    /// Returns a line with its marks as the shell reads a variable, inside quotes and outside.
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

/// Returns a command whose answer lists ids: they become the shell's numbered variables, and those of the script from
/// them.
fn list_of(text: &str, member: &str, names: &[String]) -> String {
    let mut out = format!("IDS=$({text} --query {member} --output text)\nset -- $IDS\n");
    for (at, name) in names.iter().enumerate() {
        out.push_str(&format!("{name}=\"${{{}}}\"\n", at + 1));
    }
    out
}

/// Tells whether a text looks like an id that AWS makes, and not like a name that was given.
fn is_minted(text: &str) -> bool {
    text.len() >= 6 && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

/// Returns a text without anything that means something to a shell inside `${…}`.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() || " ./-_:,+".contains(c) { c } else { ' ' }).collect()
}

/// Writes a name as that of a variable: `rootResourceId` → `ROOT_RESOURCE_ID`.
fn screaming(camel: &str) -> String {
    kebab(camel).replace('-', "_").to_ascii_uppercase()
}
