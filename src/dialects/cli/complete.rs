//! Completes lines: with programs, commands, options, ids and names of the workspace.
//!
//! The line is not finished, so it is not parsed: its last command is taken apart loosely, and whatever is unclear offers
//! nothing.

use super::{globals, pages, shell::PROGRAMS, skeleton};
use crate::{
    collections::SortedMap,
    control_plane::{MemberRow, MemberType, OPERATIONS, OperationRow, SERVICES, find_cli, of_service},
    entities::{GatewayResponseType, HttpMethod, RestApi, Workspace},
    text::kebab,
};
use std::ops::Range;

/// Candidates that are offered at once.
const MOST: usize = 100;
/// Characters of a hint.
const LONGEST_HINT: usize = 80;

/// A way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The text that would stand in the line.
    pub text: String,
    /// A word about it: the path of a resource's id, for one.
    pub hint: String,
}

/// The ways in which a word could go on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The word's place in the text, in bytes.
    pub at: Range<usize>,
    /// The texts that could stand there, in order.
    pub candidates: Vec<Candidate>,
}

/// Returns what the word before a cursor could go on with, in a shell that holds no variables.
pub fn complete(text: &str, cursor: usize, ws: &Workspace) -> Completion {
    complete_with(text, cursor, ws, &Variables::new())
}

/// A shell's variables.
pub(super) type Variables = SortedMap<String, String>;

/// Returns what the word before a cursor could go on with. A variable stands for what it holds: an API's id, as a rule.
pub fn complete_with(text: &str, cursor: usize, ws: &Workspace, variables: &Variables) -> Completion {
    let Some(before) = text.get(..cursor.min(text.len())) else { return Completion::default() };
    let words = last_command(before);
    let Some((current, done)) = words.split_last() else { return Completion::default() };
    let typed = &before[current.clone()];
    let done: Vec<&str> = done.iter().map(|at| unquoted(&before[at.clone()])).collect();
    let done: Vec<&str> = done.into_iter().map(|word| held(word, variables)).collect();
    let mut candidates = match typed.strip_prefix('$') {
        Some(_) => variables.iter().map(|(name, value)| with(&format!("${name}"), value)).collect(),
        None => candidates(&done, typed, ws),
    };
    candidates.retain(|candidate| candidate.text.starts_with(typed) && candidate.text != typed);
    candidates.truncate(MOST);
    Completion { at: current.clone(), candidates }
}

/// Returns the words of the command that the text ends in; the last is the one that is being written, and may be
/// empty.
fn last_command(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        let ends = match c {
            _ if escaped => {
                escaped = false;
                // A line end after a backslash is a blank.
                c == '\n'
            }
            '\\' if quote != Some('\'') => {
                escaped = true;
                continue;
            }
            c if quote == Some(c) => {
                quote = None;
                false
            }
            '\'' | '"' if quote.is_none() => {
                quote = Some(c);
                start = start.or(Some(at));
                false
            }
            ' ' | '\t' | '\r' => quote.is_none(),
            '\n' | ';' | '&' | '|' | '(' if quote != Some('\'') && (quote.is_none() || c == '(') => {
                words.clear();
                start = None;
                quote = None;
                continue;
            }
            _ => false,
        };
        match (ends, start) {
            (true, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    words.push(start.unwrap_or(text.len())..text.len());
    // A prompt that was copied along.
    if words.len() > 1 && words.first().is_some_and(|word| &text[word.clone()] == "$") {
        words.remove(0);
    }
    words
}

fn unquoted(word: &str) -> &str {
    let inner = |quote: char| word.strip_prefix(quote)?.strip_suffix(quote);
    inner('\'').or_else(|| inner('"')).unwrap_or(word)
}

/// Returns what a word holds that is a variable, `$NAME` or `${NAME}`; else the word.
fn held<'a>(word: &'a str, variables: &'a Variables) -> &'a str {
    let Some(name) = word.strip_prefix('$') else { return word };
    let name = name.strip_prefix('{').and_then(|name| name.strip_suffix('}')).unwrap_or(name);
    variables.get(name).map_or(word, String::as_str)
}

fn with(text: &str, hint: &str) -> Candidate {
    let hint: String = hint.chars().take(LONGEST_HINT).collect();
    Candidate { text: text.to_owned(), hint }
}

fn plain<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Candidate> {
    texts.into_iter().map(|text| Candidate { text: text.to_owned(), hint: String::new() }).collect()
}

fn candidates(done: &[&str], typed: &str, ws: &Workspace) -> Vec<Candidate> {
    match done {
        [] => plain(PROGRAMS),
        ["curl", rest @ ..] if typed.starts_with('-') || rest.last().is_some_and(|word| *word == "-X") => plain(
            if typed.starts_with('-') {
                &["-X", "-H", "-d", "-i", "-v", "-s", "-f", "--json"][..]
            } else {
                &["GET", "POST", "PUT", "PATCH", "DELETE"]
            }
            .iter()
            .copied(),
        ),
        ["curl", ..] => urls(ws),
        ["aws"] => plain(SERVICES.iter().map(|service| service.cli_name).chain(["help"])),
        ["aws", service, rest @ ..] => {
            let Some(service) = SERVICES.iter().find(|known| known.cli_name == *service) else { return Vec::new() };
            let Some((operation, rest)) = rest.split_first() else {
                let mut names: Vec<String> = of_service(OPERATIONS, service).map(OperationRow::cli_name).collect();
                crate::collections::sort_by(&mut names, Ord::cmp);
                return plain(names.iter().map(String::as_str).chain(["help"]));
            };
            let Some(row) = find_cli(OPERATIONS, service, operation) else { return Vec::new() };
            match rest.iter().rposition(|word| word.starts_with("--")) {
                Some(at) if !typed.starts_with('-') && waits(row, rest[at], rest.len() - at - 1) => {
                    values(row, rest[at], rest, ws)
                }
                _ => options(row, rest),
            }
        }
        _ => Vec::new(),
    }
}

/// Tells whether an option with so many words after it takes one more.
fn waits(row: &OperationRow, option: &str, words: usize) -> bool {
    match member_of(row, option).map(|member| member.member_type) {
        Some(MemberType::Boolean) => false,
        Some(MemberType::TextList | MemberType::PatchList | MemberType::StructureList(_)) => true,
        Some(_) => words == 0,
        None => words == 0 && option.strip_prefix("--").is_some_and(|name| takes_value(row, name)),
    }
}

/// Tells whether an option that is no member takes a value.
fn takes_value(row: &OperationRow, name: &str) -> bool {
    globals::of_any().any(|(known, takes_value)| known == name && takes_value)
        || pages::lists(row) && pages::OPTIONS.contains(&name)
}

fn member_of<'a>(row: &'a OperationRow, option: &str) -> Option<&'a MemberRow> {
    row.members.iter().find(|member| option.strip_prefix("--").is_some_and(|name| kebab(member.name) == name))
}

/// Returns the options that are not there yet; what must be given comes first.
fn options(row: &OperationRow, given: &[&str]) -> Vec<Candidate> {
    let mut out = Vec::new();
    for required in [true, false] {
        for member in row.members.iter().filter(|member| member.required == required) {
            let name = kebab(member.name);
            let hint = if required { "required" } else { "" };
            let forms = [
                Some(format!("--{name}")),
                (member.member_type == MemberType::Boolean).then(|| format!("--no-{name}")),
            ];
            if !forms.iter().flatten().any(|form| given.contains(&form.as_str())) {
                out.extend(forms.into_iter().flatten().map(|text| Candidate { text, hint: hint.into() }));
            }
        }
    }
    let paging = if pages::lists(row) { &pages::OPTIONS[..] } else { &[] };
    out.extend(
        paging
            .iter()
            .map(|name| format!("--{name}"))
            .filter(|name| !given.contains(&name.as_str()))
            .map(|text| Candidate { text, hint: "any list".into() }),
    );
    // Those that are used every day come first.
    let daily = ["query", "output"];
    let others = globals::of_any().map(|(name, _)| name).filter(|name| !daily.contains(name));
    let globals = daily.into_iter().chain(others).map(|name| format!("--{name}"));
    out.extend(
        globals
            .filter(|name| !given.contains(&name.as_str()))
            .map(|text| Candidate { text, hint: "any command".into() }),
    );
    out
}

/// Returns what an option's value could be.
fn values(row: &OperationRow, option: &str, given: &[&str], ws: &Workspace) -> Vec<Candidate> {
    let value_of = |name: &str| {
        let at = given.iter().position(|word| word.strip_prefix("--") == Some(name))?;
        given.get(at + 1).copied()
    };
    let api = value_of("rest-api-id").and_then(|id| ws.api(id)).map(|api| &**api);
    let name = option.trim_start_matches('-');
    match (name, api) {
        ("rest-api-id" | "clone-from", _) => {
            ws.rest_apis.values().map(|api| with(api.id.as_str(), &api.config.settings.name)).collect()
        }
        ("resource-id" | "parent-id", Some(api)) => resources(api),
        ("stage-name" | "stage", Some(api)) => {
            let target = |stage: &crate::entities::Stage| {
                api.deployment_of(stage).map_or(String::new(), |d| format!("D{}", d.number))
            };
            api.stages.values().map(|stage| with(stage.name.as_str(), &target(stage))).collect()
        }
        ("deployment-id", Some(api)) => api
            .deployments_newest_first()
            .into_iter()
            .map(|d| {
                with(
                    d.id.as_str(),
                    format!("D{} {}", d.number, d.description.as_deref().unwrap_or_default()).trim_end(),
                )
            })
            .collect(),
        ("http-method" | "integration-http-method", _) => {
            HttpMethod::ALL.iter().map(|verb| with(verb.as_str(), "")).collect()
        }
        ("type", _) if row.members.iter().any(|member| member.name == "providerARNs") => {
            plain(["TOKEN", "REQUEST", "COGNITO_USER_POOLS"])
        }
        ("type", _) if row.members.iter().any(|member| member.name == "passthroughBehavior") => {
            plain(["MOCK", "HTTP", "HTTP_PROXY", "AWS", "AWS_PROXY"])
        }
        ("authorization-type", _) => plain(["NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS"]),
        ("status-code", _) => plain(["200", "201", "204", "400", "404", "500"]),
        ("output" | "cli-binary-format" | "color" | skeleton::OPTION, _) => {
            plain(globals::choices(name).iter().copied())
        }
        ("region", _) => plain([ws.place.region.as_str()]),
        ("embed", _) if row.uri.contains("/resources") => plain(["methods"]),
        ("patch-operations", _) => plain(["op=replace,path=/", "op=add,path=/", "op=remove,path=/"]),
        ("key-type", _) => plain(["API_KEY"]),
        ("endpoint-configuration", _) => plain(["types=REGIONAL", "types=EDGE", "types=PRIVATE"]),
        ("response-type", _) => plain(GatewayResponseType::ALL.iter().map(|kind| kind.as_str())),
        _ => {
            let member = member_of(row, option).map_or("", |member| member.name);
            let words = skeleton::choices(&row.id().stored(), member);
            let parts = || api.and_then(|api| parts(name, api));
            if words.is_empty() { parts().unwrap_or_else(|| account(name, ws)) } else { plain(words.iter().copied()) }
        }
    }
}

/// Returns what an API has by id or by name; nothing for an option that asks for something else.
fn parts(option: &str, api: &RestApi) -> Option<Vec<Candidate>> {
    let parts = &api.config.parts;
    let named = |id: &str, name: &Option<String>| with(id, name.as_deref().unwrap_or_default());
    Some(match option {
        "authorizer-id" => parts.authorizers.values().map(|one| with(&one.id, &one.name)).collect(),
        "model-name" => parts.models(api.config.root_id().as_str()).keys().map(|name| with(name, "")).collect(),
        "request-validator-id" => parts.request_validators.values().map(|one| named(&one.id, &one.name)).collect(),
        "documentation-part-id" => api.documentation.parts.keys().map(|id| with(id, "")).collect(),
        "documentation-version" => api.documentation.versions.keys().map(|name| with(name, "")).collect(),
        _ => return None,
    })
}

/// Returns what the account has by id or by name.
fn account(option: &str, ws: &Workspace) -> Vec<Candidate> {
    let account = &ws.account;
    match option {
        "domain-name" => account.domain_names.values().map(|domain| with(&domain.name, "")).collect(),
        "api-key" | "key-id" => {
            let name = |key: &crate::entities::ApiKey| key.name.clone().unwrap_or_default();
            account.api_keys.values().map(|key| with(&key.id, &name(key))).collect()
        }
        "usage-plan-id" => account.usage_plans.iter().map(|(id, plan)| with(id, &plan.name)).collect(),
        "client-certificate-id" => {
            let told = |one: &crate::entities::ClientCertificate| one.description.clone().unwrap_or_default();
            account.client_certificates.values().map(|one| with(one.id.as_str(), &told(one))).collect()
        }
        "vpc-link-id" => account.vpc_links.iter().map(|(id, link)| with(id, &link.name)).collect(),
        _ => Vec::new(),
    }
}

fn resources(api: &RestApi) -> Vec<Candidate> {
    let path = |id: &str| api.config.path_of(id).clone();
    let tree = api.config.tree();
    tree.into_iter()
        .map(|(_, resource)| Candidate { text: resource.id.to_string(), hint: path(&resource.id) })
        .collect()
}

/// Returns the invoke URLs of all stages, up to their stage.
fn urls(ws: &Workspace) -> Vec<Candidate> {
    let of_api = |api: &RestApi| {
        let host = format!("https://{}", ws.place.execute_api_host(api.id.as_str()));
        let name = api.config.settings.name.clone();
        api.stages
            .values()
            .map(|stage| Candidate { text: format!("{host}/{}/", stage.name), hint: name.clone() })
            .collect::<Vec<_>>()
    };
    ws.rest_apis.values().flat_map(|api| of_api(api)).collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{complete, complete_with, with};
    use crate::{entities::Timestamp, env::Env, sample};
    use expect_test::{Expect, expect};

    #[test]
    fn a_line_is_completed_by_what_the_workspace_holds() {
        let session = sample::session(Env::new(7, Timestamp(1_700_000_000_000))).expect("BUG: the sample");
        let ws = session.present();
        let api = ws.rest_apis.keys().next().expect("an API").to_string();
        let check = |text: &str, expected: Expect| {
            let found = complete(text, text.len(), ws);
            let shown: Vec<String> =
                found.candidates.iter().take(6).map(|c| format!("{} ({})", c.text, c.hint)).collect();
            expected.assert_eq(
                &format!("{:?} {}", text.get(found.at).unwrap_or("?"), shown.join(", ")).replace(&api, "API"),
            );
        };
        check("", expect![[r#""" aws (), curl (), echo ()"#]]);
        check("cu", expect![[r#""cu" curl ()"#]]);
        check("aws ", expect![[r#""" apigateway (), help ()"#]]);
        check(
            "aws apigateway create-r",
            expect![[r#""create-r" create-request-validator (), create-resource (), create-rest-api ()"#]],
        );
        check("ID=$(aws apigateway get-rest-api", expect![[r#""get-rest-api" get-rest-apis ()"#]]);
        check(
            "echo a; aws apigateway get-stage ",
            expect![[
                r#""" --rest-api-id (required), --stage-name (required), --query (any command), --output (any command), --cli-input-json (any command), --cli-input-yaml (any command)"#
            ]],
        );
        check("aws apigateway get-resources --rest-api-id ", expect![[r#""" API (UsersAPI)"#]]);
        check(
            &format!("aws apigateway put-method --rest-api-id {api} --resource-id "),
            expect![[r#""" wb94rr2psp (/), 73kldg (/users), wtmq76 (/users/{userId})"#]],
        );
        check(
            &format!("aws apigateway put-method --rest-api-id '{api}' --http-method P"),
            expect![[r#""P" POST (), PUT (), PATCH ()"#]],
        );
        check(
            "aws apigateway put-method --api-key-required ",
            expect![[
                r#""" --rest-api-id (required), --resource-id (required), --http-method (required), --authorization-type (required), --authorizer-id (), --operation-name ()"#
            ]],
        );
        check(
            "aws apigateway create-deployment \\\n  --sta",
            expect![[r#""--sta" --stage-name (), --stage-description ()"#]],
        );
        let variables = [("API".to_owned(), api.clone())].into_iter().collect();
        let line = "aws apigateway get-resource --rest-api-id ${API} --resource-id ";
        assert_eq!(complete_with(line, line.len(), ws, &variables).candidates.len(), 3);
        let line = "echo $";
        assert_eq!(complete_with(line, line.len(), ws, &variables).candidates, [with("$API", &api)]);
        check(
            &format!("aws apigateway get-model --rest-api-id {api} --model-name "),
            expect![[r#""" Empty (), Error ()"#]],
        );
        check(
            &format!("aws apigateway get-gateway-response --rest-api-id {api} --response-type W"),
            expect![[r#""W" WAF_FILTERED ()"#]],
        );
        check("aws apigateway create-authorizer --type R", expect![[r#""R" REQUEST ()"#]]);
        check("aws apigateway get-api-key --api-key ", expect![[r#""" "#]]);
        check("curl -X P", expect![[r#""P" POST (), PUT (), PATCH ()"#]]);
        check("aws apigateway nothing --", expect![[r#""--" "#]]);
    }
}
