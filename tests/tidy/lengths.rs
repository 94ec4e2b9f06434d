//! Holds files and functions to a length. What was longer when the rule came is listed with the most it may have; the lists only
//! get shorter, and the numbers smaller.

use super::source::{Source, sources};
use super::tokens::Token;
use super::{check, written};

/// The longest that a file may be, in lines.
const FILE: usize = 400;
/// The longest that a function may be, in lines between its braces. A component is one, too.
const FUNCTION: usize = 60;

/// Files that are longer, and the most that each may have.
const LONG_FILES: &[(&str, usize)] = &[
    ("src/bin/endpoint/server.rs", 460),
    ("src/collections/shared_map.rs", 420),
    ("src/control_plane/domain_names/mod.rs", 440),
    ("src/control_plane/error.rs", 430),
    ("src/control_plane/integrations.rs", 440),
    ("src/data_plane/invoke.rs", 470),
    ("src/data_plane/tests/wrong_urls.rs", 410),
    ("src/diagram/scene.rs", 440),
    ("src/diagram/tests.rs", 560),
    ("src/dialects/cli/complete.rs", 410),
    ("src/dialects/cli/lex.rs", 430),
    ("src/dialects/cli/options.rs", 590),
    ("src/dialects/cli/shell.rs", 510),
    ("src/dialects/cli/tests/mod.rs", 490),
    ("src/history/session.rs", 470),
    ("src/persist/link/tests.rs", 500),
    ("src/ui/hosts/js_api.rs", 420),
    ("src/ui/hosts/keeper.rs", 460),
    ("src/ui/panels/map/mod.rs", 530),
    ("src/vtl/value.rs", 470),
    ("tests/engine/chance.rs", 510),
    ("tests/engine/model.rs", 470),
    ("tests/e2e/account.test.mjs", 520),
    ("tests/e2e/parts.test.mjs", 530),
    ("tests/e2e/resources.test.mjs", 540),
    ("tests/e2e/storage.test.mjs", 570),
];

/// Functions that are longer, each with its file, and the most that each may have.
const LONG_FUNCTIONS: &[(&str, &str, usize)] = &[
    ("src/control_plane/integrations.rs", "patch_integration", 65),
    ("src/data_plane/explain.rs", "fmt", 70),
    ("src/data_plane/tests/functions.rs", "what_a_function_says_is_a_decision_or_a_failure", 100),
    ("src/data_plane/tests/wrong_urls.rs", "a_hostname_that_is_not_the_apis", 70),
    ("src/dialects/boto3.rs", "a_request_is_a_call_with_keywords", 65),
    ("src/dialects/cli/complete.rs", "a_line_is_completed_by_what_the_workspace_holds", 65),
    ("src/dialects/cli/error.rs", "hint", 65),
    ("src/dialects/cli/json_fault.rs", "the_first_fault_is_told_as_python_tells_it", 65),
    ("src/dialects/cli/options.rs", "read_option", 65),
    ("src/dialects/cli/query/evaluate.rs", "of", 75),
    ("src/dialects/cli/query/tests.rs", "values_are_picked", 95),
    ("src/dialects/cli/query/tests.rs", "functions_are_called", 75),
    ("src/dialects/cli/query/tests.rs", "what_is_wrong_is_said_where_it_is", 65),
    ("src/dialects/cli/skeleton/tests.rs", "yaml_says_what_is_required_and_what_can_be_chosen", 95),
    ("src/dialects/cli/tests/mod.rs", "a_wrong_value_says_where_in_it", 80),
    ("src/history/compare/tests.rs", "any_two_versions_are_compared", 70),
    ("src/history/summary.rs", "command_summary", 80),
    ("src/history/summary/account.rs", "summary", 65),
    ("src/persist/tests.rs", "an_entry_that_cannot_be_read_says_why", 65),
    ("src/ui/panels/account/certificates.rs", "Details", 65),
    ("src/ui/panels/account/domains/details.rs", "Security", 65),
    ("src/ui/panels/account/domains/mappings.rs", "Row", 65),
    ("src/ui/panels/account/plans/stages.rs", "Row", 75),
    ("src/ui/panels/account/plans/usage.rs", "UsageTable", 85),
    ("src/ui/panels/api_parts/authorizers/mod.rs", "Settings", 65),
    ("src/ui/panels/commands.rs", "run", 75),
    ("src/ui/panels/console/line.rs", "Line", 65),
    ("src/ui/panels/history/mod.rs", "History", 65),
    ("src/ui/panels/items/form.rs", "Form", 65),
    ("src/ui/panels/items/import.rs", "Import", 80),
    ("src/ui/panels/map/mod.rs", "Drawing", 70),
    ("src/ui/panels/map/pointer.rs", "use_drag", 70),
    ("src/ui/panels/more/mod.rs", "entry", 70),
    ("src/ui/panels/palette.rs", "Palette", 65),
    ("src/ui/panels/request/compose.rs", "Compose", 75),
    ("src/ui/panels/resources/add.rs", "Add", 95),
    ("src/ui/panels/resources/body_models.rs", "BodyModels", 65),
    ("src/ui/panels/resources/cors.rs", "Cors", 100),
    ("src/ui/panels/resources/dialogs/create_api.rs", "CreateApi", 70),
    ("src/ui/panels/resources/dialogs/create_method.rs", "CreateMethod", 80),
    ("src/ui/panels/resources/dialogs/create_resource.rs", "CreateResource", 70),
    ("src/ui/panels/resources/dialogs/edit_resource.rs", "EditResource", 80),
    ("src/ui/panels/resources/integration.rs", "TypeChoice", 75),
    ("src/ui/panels/resources/response.rs", "Headers", 70),
    ("src/ui/panels/resources/tree/mod.rs", "Tree", 65),
    ("src/ui/panels/stages/create.rs", "CreateStageDialog", 80),
    ("src/ui/panels/stages/deploy.rs", "Form", 95),
    ("src/ui/panels/stages/methods.rs", "Overrides", 65),
    ("src/ui/panels/stages/settings.rs", "Additional", 75),
    ("src/ui/panels/stages/urls.rs", "Urls", 75),
    ("src/ui/panels/workspaces.rs", "List", 85),
    ("src/ui/parts/menu.rs", "Menu", 70),
    ("src/vtl/collection_methods.rs", "call_list", 65),
    ("src/vtl/tests/bounds.rs", "pieces", 65),
    ("tests/engine/account.rs", "request", 120),
    ("tests/engine/chance.rs", "patch", 90),
    ("tests/engine/commands.rs", "command", 170),
    ("tests/engine/model.rs", "apply", 75),
    ("tests/engine/model.rs", "apply_to_stages", 95),
    ("tests/engine/parts.rs", "request", 110),
];

#[test]
fn no_file_is_too_long_to_read() {
    let files: Vec<_> = ["rs", "mjs", "js", "css", "py"].into_iter().flat_map(written).collect();
    let long = files.iter().map(|file| (file.path.as_str(), file.text.lines().count()));
    let long: Vec<(&str, usize)> = long.filter(|(_, lines)| *lines > FILE).collect();
    let too_long = long.iter().filter_map(|(path, lines)| {
        let most = LONG_FILES.iter().find(|(listed, _)| listed == path).map_or(FILE, |(_, most)| *most);
        (*lines > most).then(|| format!("{path}: {lines} lines, of at most {most}: cut it in two"))
    });
    let needless = LONG_FILES.iter().filter(|(listed, _)| long.iter().all(|(path, _)| path != listed));
    let needless =
        needless.map(|(path, _)| format!("LONG_FILES: {path} is not longer than {FILE} lines: delete its row"));
    check(too_long.chain(needless));
}

#[test]
fn no_function_is_too_long_to_hold_in_the_head() {
    let long: Vec<(&str, String, usize)> = sources()
        .iter()
        .flat_map(|source| functions(source).into_iter().map(|(name, lines)| (source.path.as_str(), name, lines)))
        .filter(|(.., lines)| *lines > FUNCTION)
        .collect();
    let is = |row: &(&str, &str, usize), path: &str, name: &str| (row.0, row.1) == (path, name);
    let too_long = long.iter().filter_map(|(path, name, lines)| {
        let most = LONG_FUNCTIONS.iter().find(|row| is(row, path, name)).map_or(FUNCTION, |row| row.2);
        (*lines > most).then(|| format!("{path}: `{name}` has {lines} lines, of at most {most}: take a part out of it"))
    });
    let needless = LONG_FUNCTIONS.iter().filter(|row| long.iter().all(|(path, name, _)| !is(row, path, name)));
    let needless = needless.map(|(path, name, _)| {
        format!("LONG_FUNCTIONS: `{name}` in {path} is not longer than {FUNCTION} lines: delete its row")
    });
    check(too_long.chain(needless));
}

/// Each function of a file with the lines between its braces.
fn functions(source: &Source) -> Vec<(String, usize)> {
    // What follows `fn` is no name in the type of a pointer to a function.
    let named = source.tokens.windows(2).enumerate();
    let named = named
        .filter(|(_, pair)| pair[0].text == "fn" && pair[1].text.starts_with(|c: char| c.is_alphabetic() || c == '_'));
    named.filter_map(|(at, pair)| Some((pair[1].text.clone(), lines_of_body(&source.tokens[at + 2..])?))).collect()
}

/// Counts the lines that lie between the braces of the body that comes next; `None` where there is no body.
fn lines_of_body(after_name: &[Token]) -> Option<usize> {
    let (mut depth, mut opened) = (0_usize, None);
    for token in after_name {
        match token.text.as_str() {
            ";" if depth == 0 => return None,
            "{" if depth == 0 => (opened, depth) = (Some(token.line), 1),
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if let Some(line) = opened.filter(|_| depth == 0) {
            return Some(token.line.saturating_sub(line + 1));
        }
    }
    None
}

#[test]
fn the_lines_of_a_function_are_those_between_its_braces() {
    let text = "type P = fn(u8) -> u8;\ntrait T { fn none(&self) -> [u8; 2]; }\nfn one<F: Fn(u8) -> u8>(a: [u8; 2], f: F) -> u8 {\n    // }\n    fn two() {}\n    f(\"}\".len() as u8)\n}\nfn three() {\n\n}";
    let found = functions(&Source::new("src/a.rs", text));
    let found: Vec<(&str, usize)> = found.iter().map(|(name, lines)| (name.as_str(), *lines)).collect();
    assert_eq!(found, [("one", 3), ("two", 0), ("three", 1)]);
}
