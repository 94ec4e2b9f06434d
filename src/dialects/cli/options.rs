//! The words after `aws` → a request and how its answer is shown. The table of operations says which options there are.

use super::{
    error::{CliError, Problem},
    globals, help,
    nearest::nearest,
    output::{self, Format},
    pages::{self, Paging},
    query::Query,
    shell::{Arg, Failure},
    skeleton::{self, Skeleton},
    validate, value,
};
use crate::{
    control_plane::{
        ApiError, Command, LEFT_OUT, LEFT_OUT_SERVICES, Location, MemberRow, MemberType, Members, OPERATIONS,
        OperationRow, SERVICES, Service, find_cli, of_service,
    },
    text::kebab,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;
use std::ops::Range;

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
    /// `--endpoint-url`, with its place in the text.
    pub endpoint: Option<Arg>,
    /// The file that the answer's payload goes into, for an operation that has one.
    pub outfile: Option<Arg>,
}

/// The AWS CLI's name of the word that names the file for a payload.
pub(super) const OUTFILE: &str = "outfile";

/// The request that the words after `aws` make.
pub(super) enum Parsed {
    Call(Box<AwsCall>),
    /// A placeholder of its answer.
    Answer(Box<AwsCall>),
    /// A page of help, the version, or a placeholder of an input.
    Help(String),
}

/// Reads one `aws …` line without variables, such as one that `print` wrote.
///
/// # Errors
/// Where and why the line cannot be read, or the request that it would send is refused.
pub fn parse_command(line: &str) -> Result<Command, Failure> {
    let args = super::shell::plain_words(line)?;
    match args.split_first() {
        Some((program, rest)) if program.text == "aws" => match parse(program, rest)? {
            Parsed::Call(call) => Ok(call.command),
            Parsed::Answer(_) | Parsed::Help(_) => {
                let problem = Problem::UnknownOptions { names: vec!["help".into()], nearest: None };
                Err(CliError::new(program.at.clone(), problem).into())
            }
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
    service: Option<&'static Service>,
    help: bool,
    input: Members,
    /// The members that were given by their own options.
    own: Vec<&'static str>,
    /// Where the members stand.
    places: Vec<(String, Range<usize>)>,
    /// The option that holds an input in one text, and whether its name was written out: the AWS CLI asks for what is missing
    /// unless it was.
    whole: Option<(&'static str, bool)>,
    skeleton: Option<(Skeleton, bool)>,
    query: Option<Query>,
    format: Format,
    region: Option<Arg>,
    endpoint: Option<Arg>,
    outfile: Option<Arg>,
    no_paginate: bool,
    paging: Paging,
    /// Whether what is sent as it is was given in base64.
    base64: bool,
    /// Whether nothing but the version is asked for.
    version: bool,
    auto_prompt: [bool; 2],
    unknown: Unknown,
    /// The last word, after which something missing is missing.
    last: Option<&'a Arg>,
}

/// The words that belong to nothing.
#[derive(Default)]
struct Unknown {
    names: Vec<String>,
    /// The first word that is no option: the AWS CLI names it last.
    word: Option<String>,
    at: Option<Range<usize>>,
    nearest: Option<String>,
}

impl Unknown {
    fn option(&mut self, arg: &Arg, nearest: Option<String>) {
        if self.at.is_none() {
            self.nearest = nearest;
        }
        self.at.get_or_insert(arg.at.clone());
        self.names.push(arg.text.clone());
    }

    fn word(&mut self, arg: &Arg) {
        self.at.get_or_insert(arg.at.clone());
        match &self.word {
            None => self.word = Some(arg.text.clone()),
            Some(_) => self.names.push(arg.text.clone()),
        }
    }

    fn refuse(self) -> Result<(), CliError> {
        let Some(at) = self.at else { return Ok(()) };
        let names = self.names.into_iter().chain(self.word).collect();
        Err(CliError::new(at, Problem::UnknownOptions { names, nearest: self.nearest }))
    }
}

/// Reads the words after `aws`.
///
/// Different by design from the AWS CLI: of several things that are wrong the one that stands first is told, so that a name
/// that was mistyped is not told as one that is missing.
pub(super) fn parse(program: &Arg, args: &[Arg]) -> Result<Parsed, Failure> {
    let mut given = Given { last: Some(program), ..Given::default() };
    let mut at = 0;
    while let Some(arg) = args.get(at) {
        at += 1;
        given.last = Some(arg);
        match arg.text.strip_prefix("--") {
            // It ends the options of a program that takes words, too; this one takes none.
            Some("") => {}
            Some(option) if arg.is_option() => at += read_option(&mut given, arg, option, &args[at..])?,
            _ if arg.is_option() => given.unknown.option(arg, None),
            _ => read_name(&mut given, arg)?,
        }
        if given.version {
            return Ok(Parsed::Help(globals::version()));
        }
        given.last = args.get(at.saturating_sub(1)).or(given.last);
    }
    match given.help {
        true => Ok(Parsed::Help(help::help(given.service, given.operation))),
        false => finish(given),
    }
}

/// Reads a word that is no option: the service, then the operation.
fn read_name(given: &mut Given<'_>, arg: &Arg) -> Result<(), CliError> {
    let name = || arg.text.clone();
    if arg.text == "help" {
        given.help = true;
        return Ok(());
    }
    let problem = match (given.service, given.operation) {
        (None, _) => {
            given.service = SERVICES.into_iter().find(|service| service.cli_name == arg.text);
            if given.service.is_some() {
                return Ok(());
            }
            if LEFT_OUT_SERVICES.iter().any(|(service, _)| *service == arg.text) {
                Problem::NotModelled(name())
            } else {
                let nearest = nearest(&arg.text, SERVICES.map(|service| service.cli_name));
                Problem::UnknownService { name: name(), nearest }
            }
        }
        (Some(service), None) => {
            given.operation = find_cli(OPERATIONS, service, &arg.text);
            if given.operation.is_some() {
                return Ok(());
            }
            if LEFT_OUT.iter().any(|left_out| left_out.id.service == service && kebab(left_out.id.name) == arg.text) {
                Problem::NotModelled(name())
            } else {
                let names: Vec<String> = of_service(OPERATIONS, service).map(OperationRow::cli_name).collect();
                let nearest = nearest(&arg.text, names.iter().map(String::as_str));
                Problem::UnknownOperation { name: name(), nearest }
            }
        }
        (Some(_), Some(row)) => {
            match given.outfile {
                None if row.answers_payload => given.outfile = Some(arg.clone()),
                _ => given.unknown.word(arg),
            }
            return Ok(());
        }
    };
    Err(CliError::new(arg.at.clone(), problem))
}

/// Reads an option with its value; returns how many of the words after it belong to it.
fn read_option<'a>(given: &mut Given<'a>, arg: &Arg, option: &str, after: &'a [Arg]) -> Result<usize, CliError> {
    let (written, inline) = match option.split_once('=') {
        Some((name, value)) => (name, Some(arg.part(arg.text.len() - value.len(), value))),
        None => (option, None),
    };
    let (name, kind) = match find(given.operation, written, arg)? {
        Found::Known(name, kind) => (name, kind),
        Found::Unknown(nearest) => {
            given.unknown.option(arg, nearest);
            return Ok(0);
        }
    };
    let dashed = format!("--{name}");
    let value_follows = after.first().is_some_and(|word| !word.is_option());
    let words: &[Arg] = match (kind.arity(), &inline) {
        (Arity::None, None) => &[],
        (Arity::None, Some(value)) => {
            let problem = Problem::ValueUnexpected { option: dashed, value: value.text.clone() };
            return Err(CliError::new(arg.at.clone(), problem));
        }
        (_, Some(value)) => std::slice::from_ref(value),
        (Arity::One, None) if !value_follows => {
            return Err(CliError::new(arg.at.clone(), Problem::ValueMissing(dashed)));
        }
        // Before the operation the next word is the operation.
        (Arity::Optional, None) if !value_follows || given.operation.is_none() => &[],
        (Arity::One | Arity::Optional, None) => &after[..1],
        (Arity::Many, None) => {
            let end = after.iter().position(Arg::is_option).unwrap_or(after.len());
            &after[..end]
        }
    };
    match kind {
        OptionKind::Member(member, flag) => {
            let value = match flag {
                Some(flag) => Value::Bool(flag),
                None => value::read(&dashed, member.member_type, words)?,
            };
            given.input.insert(member.name.to_owned(), value);
            given.own.push(member.name);
            given.places.retain(|(known, _)| known != member.name);
            given.places.push((member.name.to_owned(), words.first().unwrap_or(arg).at.clone()));
        }
        OptionKind::OptionalValue => {
            check_choice(&name, &dashed, words)?;
            let kind = words.first().and_then(|word| Skeleton::parse(&word.text)).unwrap_or(Skeleton::Input);
            given.skeleton = Some((kind, inline.is_none() && written == name));
        }
        OptionKind::Value => {
            check_choice(&name, &dashed, words)?;
            let Some(word) = words.first() else { return Ok(0) };
            match globals::INPUTS.iter().find(|known| **known == name) {
                Some(known) => whole(given, known, word, inline.is_none() && written == name)?,
                None => global(given, &name, &dashed, word)?,
            }
        }
        OptionKind::Flag => {
            given.no_paginate |= name == "no-paginate";
            given.version |= name == globals::VERSION;
            given.auto_prompt[0] |= name == "cli-auto-prompt";
            given.auto_prompt[1] |= name == "no-cli-auto-prompt";
        }
        OptionKind::NotModelled => return Err(CliError::new(arg.at.clone(), Problem::NotModelled(dashed))),
    }
    Ok(if inline.is_some() { 0 } else { words.len() })
}

fn check_choice(name: &str, dashed: &str, words: &[Arg]) -> Result<(), CliError> {
    let choices = globals::choices(name);
    let wrong = |word: &&Arg| !choices.is_empty() && !choices.contains(&word.text.as_str());
    let Some(word) = words.iter().find(wrong) else { return Ok(()) };
    let (option, value) = (dashed.to_owned(), word.text.clone());
    Err(CliError::new(word.at.clone(), Problem::Choice { option, value, choices }))
}

/// Reads an option of `aws` itself that takes a value, or one about pages.
fn global(given: &mut Given<'_>, name: &str, dashed: &str, word: &Arg) -> Result<(), CliError> {
    let number = || {
        let problem = || Problem::Number { option: dashed.to_owned(), value: word.text.clone() };
        let number = value::integer(&word.text).and_then(|number| u32::try_from(number).ok());
        number.ok_or_else(|| CliError::new(word.at.clone(), problem()))
    };
    match name {
        "query" => given.query = Some(Query::parse(word)?),
        "output" => given.format = Format::parse(&word.text).unwrap_or_default(),
        "region" => given.region = Some(word.clone()),
        "cli-binary-format" => given.base64 = word.text == "base64",
        "starting-token" => given.paging.starting_token = Some(word.text.clone()),
        // Different by design: the AWS CLI takes a negative number, too, and shows no entry.
        "page-size" => given.paging.page_size = Some(number()?),
        "max-items" => given.paging.max_items = Some(number()?),
        "cli-read-timeout" | "cli-connect-timeout" if value::integer(&word.text).is_none() => {
            let problem = Problem::literal("invalid literal for int() with base 10", &word.text);
            return Err(CliError::new(word.at.clone(), problem));
        }
        "endpoint-url" if !has_scheme(&word.text) => {
            return Err(CliError::new(word.at.clone(), Problem::EndpointScheme(word.text.clone())));
        }
        "endpoint-url" => given.endpoint = Some(word.clone()),
        _ => {}
    }
    Ok(())
}

fn has_scheme(url: &str) -> bool {
    let is_scheme = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    };
    url.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme))
}

/// Reads `--cli-input-json`, or `--cli-input-yaml` as far as it is JSON, which YAML contains: a reader of all YAML
/// would weigh more than it is used. What is given by an option of its own wins, as in the AWS CLI.
fn whole(given: &mut Given<'_>, option: &'static str, word: &Arg, exact: bool) -> Result<(), CliError> {
    let refuse = |problem: Problem| Err(CliError::new(word.at.clone(), problem));
    if value::names_file(word) {
        return refuse(Problem::File { option: format!("--{option}"), name: word.text.clone() });
    }
    if given.whole.is_some_and(|(other, _)| other != option) {
        return refuse(Problem::TwoInputs);
    }
    given.whole = Some((option, exact));
    match serde_json::from_str(&word.text) {
        Ok(Value::Object(members)) => {
            for (name, value) in members {
                given.places.push((name.clone(), word.at.clone()));
                given.input.entry(name).or_insert(value);
            }
            Ok(())
        }
        Ok(other) => {
            let reason = format!("Invalid type: expecting map, received {}", output::class(&other));
            refuse(Problem::Value { option: format!("--{option}"), reason })
        }
        Err(_) if option == globals::INPUTS[1] => refuse(Problem::Yaml),
        Err(_) => refuse(Problem::InvalidJson(option)),
    }
}

/// The way an option is read: what it takes, and where that goes.
#[derive(Clone, Copy)]
enum OptionKind {
    /// A member of the request; for a boolean also which value.
    Member(&'static MemberRow, Option<bool>),
    /// Another option with a value.
    Value,
    /// One whose value can be left out.
    OptionalValue,
    /// One without.
    Flag,
    /// One that AWS has and Stagecraft does not.
    NotModelled,
}

enum Arity {
    None,
    Optional,
    One,
    Many,
}

impl OptionKind {
    fn arity(&self) -> Arity {
        match self {
            Self::Member(_, Some(_)) | Self::Flag | Self::NotModelled => Arity::None,
            Self::Member(member, None) if value::takes_list(member.member_type) => Arity::Many,
            Self::Member(..) | Self::Value => Arity::One,
            Self::OptionalValue => Arity::Optional,
        }
    }
}

/// Which option a name is.
enum Found {
    Known(String, OptionKind),
    /// None; perhaps another was meant.
    Unknown(Option<String>),
}

/// Returns which option a name is: its whole name, or so much of it that it can be no other. Those of `aws` itself come first,
/// as the AWS CLI looks for them in the whole line before it reads the command's.
fn find(operation: Option<&'static OperationRow>, name: &str, arg: &Arg) -> Result<Found, CliError> {
    let of_aws = of_aws();
    let own = operation.map_or_else(of_any_operation, of_operation);
    if let Some((name, kind)) = of_aws.iter().chain(&own).find(|(known, _)| known == name) {
        return Ok(Found::Known(name.clone(), *kind));
    }
    for options in [&of_aws, &own] {
        let begun: Vec<_> = options.iter().filter(|(known, _)| known.starts_with(name)).collect();
        match begun[..] {
            [] => {}
            [(name, kind)] => return Ok(Found::Known(name.clone(), *kind)),
            _ => {
                let could_be = begun.iter().map(|(known, _)| format!("--{known}")).collect();
                let problem = Problem::Ambiguous { name: arg.text.clone(), could_be };
                return Err(CliError::new(arg.at.clone(), problem));
            }
        }
    }
    let known: Vec<String> = own.iter().chain(&of_aws).map(|(known, _)| format!("--{known}")).collect();
    Ok(Found::Unknown(nearest(&format!("--{name}"), known.iter().map(String::as_str))))
}

/// Returns the options of `aws` itself.
fn of_aws() -> Vec<(String, OptionKind)> {
    let kind = |takes_value| if takes_value { OptionKind::Value } else { OptionKind::Flag };
    globals::OF_AWS.iter().map(|(name, takes_value)| ((*name).to_owned(), kind(*takes_value))).collect()
}

/// Returns the options that every operation has.
fn of_any_operation() -> Vec<(String, OptionKind)> {
    let inputs = globals::INPUTS.map(|name| (name.to_owned(), OptionKind::Value));
    inputs.into_iter().chain([(skeleton::OPTION.to_owned(), OptionKind::OptionalValue)]).collect()
}

/// Returns the options of an operation; those that list take the AWS CLI's own, too.
fn of_operation(row: &'static OperationRow) -> Vec<(String, OptionKind)> {
    let mut out = Vec::new();
    for member in row.members {
        let is_flag = member.member_type == MemberType::Boolean;
        out.push((kebab(member.name), OptionKind::Member(member, is_flag.then_some(true))));
        if is_flag {
            out.push((format!("no-{}", kebab(member.name)), OptionKind::Member(member, Some(false))));
        }
    }
    for name in row.not_modelled.iter().map(|name| kebab(name)) {
        out.push((format!("no-{name}"), OptionKind::NotModelled));
        out.push((name, OptionKind::NotModelled));
    }
    let mut any = of_any_operation();
    let skeleton = any.pop();
    out.extend(any);
    if pages::lists(row) {
        out.extend(pages::OPTIONS.map(|name| (name.to_owned(), OptionKind::Value)));
    }
    out.extend(skeleton);
    out
}

fn finish(mut given: Given<'_>) -> Result<Parsed, Failure> {
    let end = given.last.map_or(0..0, |arg| arg.at.end..arg.at.end);
    let required = |names: Vec<String>| CliError::new(end.clone(), Problem::Required(names)).into();
    if given.auto_prompt == [true, true] {
        return Err(CliError::new(end, Problem::AutoPrompt).into());
    }
    let Some(row) = given.operation else {
        return Err(required(vec![if given.service.is_some() { "operation" } else { "command" }.to_owned()]));
    };
    std::mem::take(&mut given.unknown).refuse()?;
    let given_whole = given.whole.is_some_and(|(_, exact)| exact);
    let is_given = |name: &str| if given_whole { given.input.contains_key(name) } else { given.own.contains(&name) };
    let missing = missing(row, is_given);
    let wants_input = given.skeleton.filter(|(kind, _)| *kind != Skeleton::Output);
    // A positional word is asked for whatever else holds the input (assumed after argparse).
    let outfile = (row.answers_payload && given.outfile.is_none()).then(|| OUTFILE.to_owned());
    let missed = missing.iter().filter(|_| !given_whole).map(|name| format!("--{}", kebab(name)));
    let missed: Vec<String> = missed.chain(outfile).collect();
    if !missed.is_empty() && wants_input.is_none_or(|(_, exact)| !exact) {
        return Err(required(missed));
    }
    match wants_input {
        Some((Skeleton::YamlInput, _)) => return Ok(Parsed::Help(skeleton::yaml(row))),
        Some(_) => return Ok(Parsed::Help(output::indented(&skeleton::input(row)))),
        None => {}
    }
    let answer = given.skeleton.is_some();
    let call = Box::new(call(row, given, &missing, end)?);
    Ok(if answer { Parsed::Answer(call) } else { Parsed::Call(call) })
}

/// Returns the members that must be given and are not.
fn missing(row: &OperationRow, is_given: impl Fn(&str) -> bool) -> Vec<&'static str> {
    // AWS takes a PATCH without operations; nobody means to send one.
    let wanted = |member: &&MemberRow| member.required || member.member_type == MemberType::PatchList;
    row.members.iter().filter(wanted).filter(|m| !is_given(m.name)).map(|member| member.name).collect()
}

/// Returns the request, checked as far as the AWS CLI checks it.
fn call(row: &'static OperationRow, given: Given<'_>, missing: &[&str], end: Range<usize>) -> Result<AwsCall, Failure> {
    let asks_for_one = given.no_paginate || pages::MEMBERS.iter().any(|name| given.input.contains_key(*name));
    let paging_options = given.paging.given();
    if asks_for_one && !paging_options.is_empty() {
        return Err(CliError::new(end, Problem::NoPaginate(paging_options)).into());
    }
    let place = |name: &str| {
        given.places.iter().find(|(known, _)| known == name).map_or_else(|| end.clone(), |(_, at)| at.clone())
    };
    let mut input = given.input;
    validate::check(row, &input, missing, place)?;
    if given.base64 {
        for member in row.members.iter().filter(|member| member.location == Location::Payload) {
            decode(&mut input, member.name)
                .map_err(|value| CliError::new(place(member.name), Problem::Base64(value)))?;
        }
    }
    let command = Command::parse(row.service, row.name, input).map_err(|error| match error {
        ApiError::Serialization { field, message } => {
            let option = format!("--{}", kebab(&field));
            CliError::new(place(&field), Problem::Value { option, reason: message }).into()
        }
        error => Failure::Refused { operation: row.name, error },
    })?;
    let paging = (pages::lists(row) && !asks_for_one).then_some(given.paging);
    let (query, format, region, endpoint) = (given.query, given.format, given.region, given.endpoint);
    Ok(AwsCall { command, query, format, paging, region, endpoint, outfile: given.outfile })
}

/// Replaces a text by what it stands for in base64; the text when it is no base64.
fn decode(input: &mut Members, name: &str) -> Result<(), String> {
    let Some(Value::String(text)) = input.get_mut(name) else { return Ok(()) };
    let decoded = STANDARD.decode(text.as_bytes()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    *text = decoded.ok_or_else(|| text.clone())?;
    Ok(())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{Arg, Failure, Given, Parsed, finish, parse_command, read_name};
    use crate::control_plane::{ApiError, OPERATIONS, OperationRow, wire};

    /// Reads what stands after the name of an operation that answers with a file; the table has none yet.
    fn after_get_file(words: &[&str]) -> Result<Parsed, Failure> {
        const ROW: OperationRow =
            OperationRow { name: "GetFile", members: &[], answers_payload: true, ..*OPERATIONS[0] };
        let mut given = Given { service: Some(ROW.service), operation: Some(&ROW), ..Given::default() };
        for text in words {
            read_name(&mut given, &Arg::default().part(0, text)).expect("no option");
        }
        finish(given)
    }

    #[test]
    fn the_file_for_an_answer_is_a_word_of_its_own_and_asked_for() {
        let refused = |words: &[&str]| after_get_file(words).err().map(|failure| failure.text()).unwrap_or_default();
        assert_eq!(refused(&[]), "aws: error: the following arguments are required: outfile");
        assert!(refused(&["a", "b"]).contains("Unknown options: b"), "{}", refused(&["a", "b"]));
        // With it the line is whole; that no operation of the table has this name is found after that.
        let Err(Failure::Refused { operation, error }) = after_get_file(&["a"]) else { panic!("no such operation") };
        assert_eq!((operation, error), ("GetFile", ApiError::UnknownOperation));
    }

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
