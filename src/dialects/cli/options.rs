//! The words after `aws` → a request and how its answer is shown. The table of operations says which options there are.

use super::{
    error::{CliError, Problem},
    globals, help,
    nearest::nearest,
    output::Format,
    pages::{self, Paging},
    query::Query,
    shell::{Arg, Failure},
    value,
};
use crate::control_plane::{
    ApiError, Command, LEFT_OUT, Location, MemberRow, MemberType, Members, OPERATIONS, OperationRow, kebab,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;
use std::ops::Range;

/// The only service here.
pub(super) const SERVICE: &str = "apigateway";

/// A request with what the command line says about its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct AwsCall {
    /// The request.
    pub command: Command,
    /// `--query`.
    pub query: Option<Query>,
    /// `--output`.
    pub format: Format,
    /// How the pages of a list are fetched; nothing when one is asked for, or the answer is no list.
    pub paging: Option<Paging>,
    /// `--region`, with its place in the text.
    pub region: Option<Arg>,
}

/// What the words after `aws` ask for.
pub(super) enum Parsed {
    Call(Box<AwsCall>),
    /// A page of help, or the version.
    Help(String),
}

/// Reads one `aws apigateway …` line without variables, such as one that `print` wrote.
///
/// # Errors
/// Where and why the line cannot be read, or the request that it would send is refused.
pub fn parse_command(line: &str) -> Result<Command, Failure> {
    let args = super::shell::plain_words(line)?;
    match args.split_first() {
        Some((program, rest)) if program.text == "aws" => match parse(program, rest)? {
            Parsed::Call(call) => Ok(call.command),
            Parsed::Help(_) => Err(CliError::new(program.at.clone(), Problem::ExtraWord("help".into())).into()),
        },
        Some((program, _)) => {
            let problem = Problem::UnknownProgram { name: program.text.clone(), nearest: None };
            Err(CliError::new(program.at.clone(), problem).into())
        }
        None => Err(CliError::new(0..0, Problem::Required(vec!["command".into()])).into()),
    }
}

/// Options that were given, by name, with their words.
#[derive(Default)]
struct Given<'a> {
    operation: Option<&'static OperationRow>,
    service: bool,
    help: bool,
    input: Members,
    /// Where the members stand.
    places: Vec<(&'static str, Range<usize>)>,
    /// `--cli-input-json`: the names of its members.
    named: Option<(Vec<String>, Range<usize>)>,
    query: Option<Query>,
    format: Format,
    region: Option<Arg>,
    no_paginate: bool,
    paging: Paging,
    /// Whether what is sent as it is was given in base64.
    base64: bool,
    /// Whether nothing but the version is asked for.
    version: bool,
    /// The last word, after which something missing is missing.
    last: Option<&'a Arg>,
}

/// Reads the words after `aws`.
pub(super) fn parse(program: &Arg, args: &[Arg]) -> Result<Parsed, Failure> {
    let mut given = Given { last: Some(program), ..Given::default() };
    let mut at = 0;
    while let Some(arg) = args.get(at) {
        at += 1;
        given.last = Some(arg);
        match arg.text.strip_prefix("--") {
            Some(option) if !option.is_empty() => at += read_option(&mut given, arg, option, &args[at..])?,
            _ => read_name(&mut given, arg)?,
        }
        if given.version {
            return Ok(Parsed::Help(globals::version()));
        }
        given.last = args.get(at.saturating_sub(1)).or(given.last);
    }
    match given.help {
        true => Ok(Parsed::Help(help::help(given.service, given.operation))),
        false => finish(given).map(|call| Parsed::Call(Box::new(call))),
    }
}

/// A word that is no option: the service, then the operation.
fn read_name(given: &mut Given<'_>, arg: &Arg) -> Result<(), CliError> {
    let name = || arg.text.clone();
    if arg.text == "help" {
        given.help = true;
        return Ok(());
    }
    let problem = match (given.service, given.operation) {
        (false, _) if arg.text == SERVICE => {
            given.service = true;
            return Ok(());
        }
        (false, _) if arg.text == "apigatewayv2" => Problem::NotModelled(name()),
        (false, _) => Problem::UnknownService { name: name(), nearest: nearest(&arg.text, [SERVICE]) },
        (true, None) => match OPERATIONS.iter().find(|row| row.cli_name() == arg.text) {
            Some(row) => {
                given.operation = Some(row);
                return Ok(());
            }
            None if LEFT_OUT.iter().any(|(name, ..)| kebab(name) == arg.text) => Problem::NotModelled(name()),
            None => {
                let names: Vec<String> = OPERATIONS.iter().map(|row| row.cli_name()).collect();
                let nearest = nearest(&arg.text, names.iter().map(String::as_str));
                Problem::UnknownOperation { name: name(), nearest }
            }
        },
        (true, Some(_)) => Problem::ExtraWord(name()),
    };
    Err(CliError::new(arg.at.clone(), problem))
}

/// An option with its value; answers how many of the words after it belong to it.
fn read_option<'a>(given: &mut Given<'a>, arg: &Arg, option: &str, after: &'a [Arg]) -> Result<usize, CliError> {
    let (name, inline) = match option.split_once('=') {
        Some((name, value)) => (name, Some(arg.part(arg.text.len() - value.len(), value))),
        None => (option, None),
    };
    let (name, target) = find(given.operation, name, arg)?;
    let dashed = format!("--{name}");
    let words: &[Arg] = match (target.arity(), &inline) {
        (Arity::None, None) => &[],
        (Arity::None, Some(_)) => return Err(CliError::new(arg.at.clone(), Problem::ValueUnexpected(dashed))),
        (_, Some(value)) => std::slice::from_ref(value),
        (Arity::One, None) => after.get(..1).unwrap_or_default(),
        (Arity::Many, None) => {
            let end = after.iter().position(Arg::is_option).unwrap_or(after.len());
            &after[..end]
        }
    };
    if matches!(target.arity(), Arity::One) && words.first().is_none_or(|word| inline.is_none() && word.is_option()) {
        return Err(CliError::new(arg.at.clone(), Problem::ValueMissing(dashed)));
    }
    match target {
        Target::Member(member, flag) => {
            let value = match flag {
                Some(flag) => Value::Bool(flag),
                None => value::read(&dashed, member.member_type, words)?,
            };
            given.input.insert(member.name.to_owned(), value);
            given.places.push((member.name, words.first().unwrap_or(arg).at.clone()));
        }
        Target::Value => global(given, &name, &dashed, words)?,
        Target::Flag => {
            given.no_paginate |= name == "no-paginate";
            given.version |= name == globals::VERSION;
        }
        Target::NotModelled => return Err(CliError::new(arg.at.clone(), Problem::NotModelled(dashed))),
    }
    Ok(if inline.is_some() { 0 } else { words.len() })
}

/// An option of `aws` itself that takes a value.
fn global(given: &mut Given<'_>, name: &str, dashed: &str, words: &[Arg]) -> Result<(), CliError> {
    let Some(word) = words.first() else { return Ok(()) };
    let choices = globals::choices(name);
    if !choices.is_empty() && !choices.contains(&word.text.as_str()) {
        return Err(CliError::new(word.at.clone(), Problem::Choice { option: dashed.to_owned(), choices }));
    }
    let number = || {
        let problem = || Problem::Number { option: dashed.to_owned(), value: word.text.clone() };
        word.text.parse::<u32>().map_err(|_| CliError::new(word.at.clone(), problem()))
    };
    let refuse =
        |reason: String| Err(CliError::new(word.at.clone(), Problem::Value { option: dashed.to_owned(), reason }));
    match name {
        "query" => given.query = Some(Query::parse(word)?),
        "output" => match Format::parse(&word.text) {
            Some(format) => given.format = format,
            None => return refuse(format!("{:?} is not one of {}", word.text, Format::names())),
        },
        "region" => given.region = Some(word.clone()),
        "cli-binary-format" => given.base64 = word.text == "base64",
        "starting-token" => given.paging.starting_token = Some(word.text.clone()),
        "page-size" => given.paging.page_size = Some(number()?),
        "max-items" => given.paging.max_items = Some(number()?),
        "cli-input-json" if word.text.starts_with("file://") => {
            return Err(CliError::new(word.at.clone(), Problem::File(dashed.to_owned())));
        }
        "cli-input-json" => match serde_json::from_str(&word.text) {
            // What is given by its own option wins, as in the AWS CLI.
            Ok(Value::Object(members)) => {
                given.named = Some((members.keys().cloned().collect(), word.at.clone()));
                for (name, value) in members {
                    given.input.entry(name).or_insert(value);
                }
            }
            Ok(_) => return refuse("not a JSON object".into()),
            Err(error) => return refuse(format!("Invalid JSON: {error}")),
        },
        _ => {}
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Target {
    /// A member of the request; for a boolean also which value.
    Member(&'static MemberRow, Option<bool>),
    /// An option of `aws` with a value.
    Value,
    /// An option of `aws` without one.
    Flag,
    /// One that AWS has and Stagecraft does not.
    NotModelled,
}

enum Arity {
    None,
    One,
    Many,
}

impl Target {
    fn arity(&self) -> Arity {
        match self {
            Self::Member(_, Some(_)) | Self::Flag | Self::NotModelled => Arity::None,
            Self::Member(member, None) if value::takes_list(member.member_type) => Arity::Many,
            Self::Member(..) | Self::Value => Arity::One,
        }
    }
}

/// Which option a name is: its whole name, or so much of it that it can be no other. Those of `aws` itself come first, as the
/// AWS CLI looks for them in the whole line before it reads the command's.
fn find(operation: Option<&'static OperationRow>, name: &str, arg: &Arg) -> Result<(String, Target), CliError> {
    let of_aws = of_aws();
    let own = operation.map(of_operation).unwrap_or_default();
    if let Some(found) = of_aws.iter().chain(&own).find(|(known, _)| known == name) {
        return Ok(found.clone());
    }
    for options in [&of_aws, &own] {
        let begun: Vec<_> = options.iter().filter(|(known, _)| known.starts_with(name)).collect();
        match begun[..] {
            [] => {}
            [found] => return Ok(found.clone()),
            _ => {
                let could_be = begun.iter().map(|(known, _)| format!("--{known}")).collect();
                let problem = Problem::Ambiguous { name: format!("--{name}"), could_be };
                return Err(CliError::new(arg.at.clone(), problem));
            }
        }
    }
    let known: Vec<String> = own.iter().chain(&of_aws).map(|(known, _)| format!("--{known}")).collect();
    let nearest = nearest(&format!("--{name}"), known.iter().map(String::as_str));
    Err(CliError::new(arg.at.clone(), Problem::UnknownOption { name: format!("--{name}"), nearest }))
}

/// The options of `aws` itself.
fn of_aws() -> Vec<(String, Target)> {
    let values = globals::VALUES.iter().map(|name| (*name, Target::Value));
    let flags = globals::FLAGS.iter().chain(&[globals::VERSION]).map(|name| (*name, Target::Flag));
    let others = globals::NOT_MODELLED.iter().map(|name| (*name, Target::NotModelled));
    values.chain(flags).chain(others).map(|(name, target)| (name.to_owned(), target)).collect()
}

/// The options of an operation; those that list take the AWS CLI's own, too.
fn of_operation(row: &'static OperationRow) -> Vec<(String, Target)> {
    let mut out = Vec::new();
    for member in row.members {
        let is_flag = member.member_type == MemberType::Boolean;
        out.push((kebab(member.name), Target::Member(member, is_flag.then_some(true))));
        if is_flag {
            out.push((format!("no-{}", kebab(member.name)), Target::Member(member, Some(false))));
        }
    }
    for name in row.not_modelled.iter().map(|name| kebab(name)) {
        out.push((format!("no-{name}"), Target::NotModelled));
        out.push((name, Target::NotModelled));
    }
    if pages::lists(row) {
        out.extend(pages::OPTIONS.map(|name| (name.to_owned(), Target::Value)));
    }
    out
}

/// Members that the operation does not have are refused before anything is sent, as the AWS CLI does.
fn check_names(row: &OperationRow, names: &[String], at: &Range<usize>) -> Result<(), CliError> {
    let known: Vec<&'static str> = row.members.iter().map(|member| member.name).collect();
    let is_known = |name: &&String| known.contains(&name.as_str()) || row.not_modelled.contains(&name.as_str());
    match names.iter().find(|name| !is_known(name)) {
        None => Ok(()),
        Some(name) => {
            let nearest = nearest(name, known.iter().copied());
            Err(CliError::new(at.clone(), Problem::UnknownInput { name: name.clone(), known, nearest }))
        }
    }
}

fn finish(given: Given<'_>) -> Result<AwsCall, Failure> {
    let end = given.last.map_or(0..0, |arg| arg.at.end..arg.at.end);
    let required = |names: Vec<String>| CliError::new(end.clone(), Problem::Required(names)).into();
    let Some(row) = given.operation else {
        return Err(required(vec![if given.service { "operation" } else { "command" }.to_owned()]));
    };
    if let Some((names, at)) = &given.named {
        check_names(row, names, at)?;
    }
    let missing = |member: &&MemberRow| member.required && given.input.get(member.name).is_none_or(Value::is_null);
    let mut names: Vec<String> = row.members.iter().filter(missing).map(|m| format!("--{}", kebab(m.name))).collect();
    let patches = |member: &&MemberRow| member.member_type == MemberType::PatchList;
    if let Some(member) = row.members.iter().find(patches).filter(|m| !given.input.contains_key(m.name)) {
        // AWS takes a PATCH without operations; nobody means to send one.
        names.push(format!("--{}", kebab(member.name)));
    }
    if !names.is_empty() {
        return Err(required(names));
    }
    let asks_for_one = given.no_paginate || pages::MEMBERS.iter().any(|name| given.input.contains_key(*name));
    let paging_options = given.paging.given();
    if asks_for_one && !paging_options.is_empty() {
        return Err(CliError::new(end, Problem::NoPaginate(paging_options)).into());
    }
    let mut input = given.input;
    if given.base64 {
        for member in row.members.iter().filter(|member| member.location == Location::Payload) {
            decode(&mut input, member.name).map_err(|value| {
                let place = given.places.iter().find(|(name, _)| *name == member.name).map(|(_, at)| at.clone());
                CliError::new(place.unwrap_or(end.clone()), Problem::Base64(value))
            })?;
        }
    }
    let command = Command::parse(row.name, input).map_err(|error| match error {
        ApiError::Serialization { field, message } => {
            let option = format!("--{}", kebab(&field));
            let place = given.places.iter().find(|(name, _)| *name == field).map(|(_, at)| at.clone());
            CliError::new(place.unwrap_or(end.clone()), Problem::Value { option, reason: message }).into()
        }
        error => Failure::Refused { operation: row.name, error },
    })?;
    let paging = (pages::lists(row) && !asks_for_one).then_some(given.paging);
    Ok(AwsCall { command, query: given.query, format: given.format, paging, region: given.region })
}

/// Replaces a text by what it stands for in base64; the text when it is none.
fn decode(input: &mut Members, name: &str) -> Result<(), String> {
    let Some(Value::String(text)) = input.get_mut(name) else { return Ok(()) };
    let decoded = STANDARD.decode(text.as_bytes()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    *text = decoded.ok_or_else(|| text.clone())?;
    Ok(())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::parse_command;
    use crate::control_plane::wire;

    #[test]
    fn what_is_left_for_later_is_refused_by_its_name() {
        let line = |line: &str| parse_command(line).err().map(|failure| failure.text()).unwrap_or_default();
        assert_eq!(
            line("aws apigateway get-export --rest-api-id a"),
            "aws: error: Stagecraft does not model get-export yet; the real service would accept it"
        );
        assert_eq!(
            line("aws apigatewayv2 get-apis"),
            "aws: error: Stagecraft does not model apigatewayv2 yet; the real service would accept it"
        );
        let wire = |verb: &str, path: &str, query: &[(&str, &str)]| {
            let query: Vec<_> = query.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
            wire::parse(verb, path, &query, "").err().map(|error| error.to_string()).unwrap_or_default()
        };
        let sentence =
            |what: &str| format!("Stagecraft does not model the {what} yet; the real service would accept it.");
        assert_eq!(wire("POST", "/restapis", &[("mode", "import")]), sentence("operation ImportRestApi"));
        assert_eq!(wire("GET", "/restapis/a/stages/dev/exports/oas30", &[]), sentence("operation GetExport"));
        assert_eq!(wire("GET", "/v2/apis", &[]), sentence("service apigatewayv2"));
        assert_eq!(wire("GET", "/nothing", &[]), "Unable to determine service/operation name to be authorized");
    }
}
