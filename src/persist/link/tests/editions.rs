//! Links and the editions of the rules: each is held to its own, and none to less than what keeps a workspace in order.

use super::{Story, env, forged};
use crate::{
    entities::Edition,
    persist::link::{open, print},
};
use expect_test::expect;

/// Returns the link's text with another edition at its front.
fn as_of(edition: Edition, link: &str) -> String {
    format!("{}{}", edition.number(), link.get(1..).unwrap_or_default())
}

const API: &str = "CreateRestApi10.10{\"name\":\"a\"}\n";
const MODEL: &str = "CreateModel6{\"restApiId\":\"@0\",\"name\":\"m\",\"contentType\":\"nothing\",\"schema\":\"{}\"}\n";

#[test]
fn a_link_is_held_to_the_rules_of_its_edition() {
    let old = forged(&format!("\"\" 0\n{API}{MODEL}"), &["aaaaaaaaaa", "bbbbbbbbbb", "cccccc"]);
    let opened = open(&old, env()).expect("what was taken once is taken for ever");
    let refused = open(&as_of(Edition::Second, &old), env()).expect_err("a rule of the second edition");
    expect!["The link cannot be opened: operation 2 (CreateModel) was refused: Validation Result: warnings : [], errors : [Invalid content type specified: nothing]."].assert_eq(&refused.to_string());
    // It goes on as a link of its edition, and what obeys today's rules becomes one of today's.
    let again = print("a", &opened.session).expect("a link");
    assert_eq!((again.chars().next(), open(&again, env()).is_ok()), (Some('1'), true));
    let mut story = Story::new();
    story.deploy("dev");
    let today = print("a", &story.session).expect("a link");
    let taken_over = open(&as_of(Edition::First, &today), env()).expect("it obeys both");
    assert_eq!(print("a", &taken_over.session).map(|link| link.get(..1) == today.get(..1)), Ok(true));
    assert_eq!(today.get(..1), Some("2"));
}

#[test]
fn a_link_of_the_first_edition_is_held_to_every_limit_and_reference() {
    let rows = [
        "CreateRestApi10.10{\"name\":\"\"}".to_owned(),
        "CreateResource6{\"restApiId\":\"@0\",\"parentId\":\"@1\",\"pathPart\":\"a b\"}".into(),
        "CreateResource6{\"restApiId\":\"@0\",\"parentId\":\"x\",\"pathPart\":\"a\"}".into(),
        "CreateStage{\"restApiId\":\"@0\",\"stageName\":\"s\",\"deploymentId\":\"x\"}".into(),
        "PutMethod{\"restApiId\":\"@0\",\"resourceId\":\"@1\",\"httpMethod\":\"FETCH\",\"authorizationType\":\"NONE\"}".into(),
        "PutMethod{\"restApiId\":\"@0\",\"resourceId\":\"@1\",\"httpMethod\":\"GET\",\"authorizationType\":\"CUSTOM\",\"authorizerId\":\"x\"}".into(),
        "CreateModel6{\"restApiId\":\"@0\",\"name\":\"a-b\",\"contentType\":\"a/b\",\"schema\":\"{}\"}".into(),
        "CreateDeployment6{\"restApiId\":\"@0\"}".into(),
        "CreateApiKey6{\"value\":\"short\"}".into(),
        (0..301)
            .map(|at| format!("CreateResource6{{\"restApiId\":\"@0\",\"parentId\":\"@1\",\"pathPart\":\"p{at}\"}}"))
            .collect::<Vec<_>>()
            .join("\n"),
    ];
    let refusal = |row: &String| {
        let more: Vec<String> = (0..400).map(|at| format!("c{at:05}")).collect();
        let long = row.starts_with("CreateRestApi").then_some(["cccccccccc", "dddddddddd"]);
        let ids = ["aaaaaaaaaa", "bbbbbbbbbb"].into_iter();
        let minted = row.matches("6{").count();
        let ids = ids.chain(long.into_iter().flatten()).chain(more.iter().map(String::as_str).take(minted));
        let link = forged(&format!("\"\" 0\n{API}{row}\n"), &ids.collect::<Vec<_>>());
        open(&link, env()).expect_err(row).to_string()
    };
    expect![[r#"
        The link cannot be opened: operation 2 (CreateRestApi) was refused: Name cannot be empty.
        The link cannot be opened: operation 2 (CreateResource) was refused: Resource's path part only allow a-zA-Z0-9._- and curly braces at the beginning and the end and an optional plus sign before the closing brace..
        The link cannot be opened: operation 2 (CreateResource) was refused: Invalid Resource identifier specified.
        The link cannot be opened: operation 2 (CreateStage) was refused: Deployment id does not exist.
        The link cannot be opened: operation 2 (PutMethod) was refused: Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY.
        The link cannot be opened: operation 2 (PutMethod) was refused: Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer..
        The link cannot be opened: operation 2 (CreateModel) was refused: Model name must be alphanumeric: a-b.
        The link cannot be opened: operation 2 (CreateDeployment) was refused: The REST API doesn't contain any methods.
        The link cannot be opened: operation 2 (CreateApiKey) was refused: API Key value should be at least 20 characters.
        The link cannot be opened: operation 301 (CreateResource) was refused: Maximum number of resources for this API has been reached. Please contact AWS if you need additional resources.."#]].assert_eq(&rows.iter().map(refusal).collect::<Vec<_>>().join("\n"));
}
