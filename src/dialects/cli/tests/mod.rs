//! Lines read, refused, printed and run, as tables.

use super::{Failure, Host, HttpAnswer, HttpRequest, Shell, Unreachable, parse_command, print};
use crate::{
    control_plane::{ApiError, Command, OPERATIONS, Outcome},
    entities::Timestamp,
    env::Env,
    history::Session,
    sample,
};
use expect_test::{Expect, expect};

mod linear;
mod outfile;
mod shell;

/// A host with the sample in it, which answers every HTTP request with what was asked.
struct Sample(Session);

impl Sample {
    fn new() -> Self {
        Self(sample::session(Env::new(7, Timestamp(1_700_000_000_000))).expect("BUG: the sample"))
    }
}

impl Host for Sample {
    fn control(&mut self, command: Command) -> Result<Outcome, ApiError> {
        self.0.execute(command)
    }

    fn fetch(&mut self, request: &HttpRequest) -> Result<HttpAnswer, Unreachable> {
        if request.url.contains("nowhere") {
            return Err(Unreachable::host("nowhere"));
        }
        let mut body = format!("{} {}\n", request.method, request.url);
        for (name, value) in &request.headers {
            body.push_str(&format!("{name}: {value}\n"));
        }
        let headers = vec![("Content-Type".to_owned(), "text/plain".to_owned())];
        Ok(HttpAnswer { status: 403, headers, body: body + &request.body })
    }

    fn region(&self) -> String {
        "us-east-1".into()
    }
}

/// Returns what a text writes, statement by statement, with the place, the status and the hint of what fails.
fn run(text: &str) -> String {
    let mut host = Sample::new();
    let mut out = Vec::new();
    for ran in Shell::new().run(&mut host, text) {
        out.extend([ran.aside.clone(), ran.output.clone()].into_iter().filter(|text| !text.is_empty()));
        let Some(failure) = &ran.failure else { continue };
        let at = match failure {
            Failure::Line(error) => format!(" at {:?}", text.get(error.at.clone()).expect("a place in the text")),
            Failure::Refused { .. } => String::new(),
        };
        let hint = failure.hint().map(|hint| format!(" {hint}")).unwrap_or_default();
        out.push(format!("[{}{at}] {}{hint}", failure.status(), failure.text()));
    }
    out.join("\n")
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&run(text));
}

/// Checks the members that a line gives, as JSON.
fn check_input(line: &str, expected: Expect) {
    let command = parse_command(line).unwrap_or_else(|failure| panic!("{line}: {}", failure.text()));
    expected.assert_eq(&serde_json::Value::Object(command.input()).to_string());
    let again = parse_command(&print(&command)).unwrap_or_else(|failure| panic!("{}", failure.text()));
    assert_eq!(again, command, "{}", print(&command));
}

fn check_print(line: &str, expected: Expect) {
    expected.assert_eq(&print(&parse_command(line).unwrap_or_else(|failure| panic!("{}", failure.text()))));
}

#[test]
fn every_operation_of_the_table_has_a_line_of_its_own() {
    for row in OPERATIONS {
        let line = format!("aws apigateway {}", row.cli_name());
        match parse_command(&line) {
            Ok(command) => assert_eq!(command.row().name, row.name),
            Err(failure) => assert!(failure.text().contains("are required"), "{line}: {}", failure.text()),
        }
    }
}

#[test]
fn options_give_members_by_their_type() {
    check_input(
        "aws apigateway create-rest-api --name 'Users API' --binary-media-types image/png '*/*' \
         --minimum-compression-size 0 --endpoint-configuration types=REGIONAL,ipAddressType=dualstack \
         --tags team=blue,cost=7 --no-disable-execute-api-endpoint",
        expect![[
            r#"{"name":"Users API","binaryMediaTypes":["image/png","*/*"],"minimumCompressionSize":0,"endpointConfiguration":{"types":["REGIONAL"],"ipAddressType":"dualstack"},"tags":{"cost":"7","team":"blue"},"disableExecuteApiEndpoint":false}"#
        ]],
    );
    check_input(
        "aws apigateway put-method --rest-api-id=a --resource-id b --http-method GET --authorization-type NONE \
         --api-key-required --request-parameters method.request.header.h=false,method.request.querystring.q=True",
        expect![[
            r#"{"restApiId":"a","resourceId":"b","httpMethod":"GET","authorizationType":"NONE","apiKeyRequired":true,"requestParameters":{"method.request.header.h":false,"method.request.querystring.q":true}}"#
        ]],
    );
    check_input(
        r#"aws apigateway put-integration --rest-api-id a --resource-id b --http-method GET --type MOCK --request-templates '{"application/json":"{\"statusCode\": 200}","text/plain":null}'"#,
        expect![[
            r#"{"restApiId":"a","resourceId":"b","httpMethod":"GET","type":"MOCK","requestTemplates":{"application/json":"{\"statusCode\": 200}","text/plain":null}}"#
        ]],
    );
    check_input(
        r#"aws apigateway put-integration-response --rest-api-id a --resource-id b --http-method GET --status-code 200 --selection-pattern "" --response-parameters '{"method.response.header.h":"'"'"'v'"'"'"}'"#,
        expect![[
            r#"{"restApiId":"a","resourceId":"b","httpMethod":"GET","statusCode":"200","selectionPattern":"","responseParameters":{"method.response.header.h":"'v'"}}"#
        ]],
    );
}

#[test]
fn patch_operations_are_words_in_shorthand_or_json() {
    check_input(
        "aws apigateway update-stage --rest-api-id a --stage-name dev --patch-operations op=replace,path=/variables/url,value=example.com op=remove,path=/variables/old",
        expect![[
            r#"{"restApiId":"a","stageName":"dev","patchOperations":[{"op":"replace","path":"/variables/url","value":"example.com"},{"op":"remove","path":"/variables/old"}]}"#
        ]],
    );
    check_input(
        "aws apigateway update-stage --rest-api-id a --stage-name dev --patch-operations \"op='replace',path='/~1pets~1{id}/GET/throttling/rateLimit',value=5\"",
        expect![[
            r#"{"restApiId":"a","stageName":"dev","patchOperations":[{"op":"replace","path":"/~1pets~1{id}/GET/throttling/rateLimit","value":"5"}]}"#
        ]],
    );
    check_input(
        r#"aws apigateway update-stage --rest-api-id a --stage-name dev --patch-operations '[{"op":"replace","path":"/description","value":"a,b=c"}]'"#,
        expect![[
            r#"{"restApiId":"a","stageName":"dev","patchOperations":[{"op":"replace","path":"/description","value":"a,b=c"}]}"#
        ]],
    );
    check_input(
        r#"aws apigateway update-stage --rest-api-id a --stage-name dev --patch-operations 'op=replace,path=/description,value="a, b"' 'op=replace,path=/description,value=a\,b' op=copy,from=/x,path=/y"#,
        expect![[
            r#"{"restApiId":"a","stageName":"dev","patchOperations":[{"op":"replace","path":"/description","value":"a, b"},{"op":"replace","path":"/description","value":"a,b"},{"op":"copy","path":"/y","from":"/x"}]}"#
        ]],
    );
}

#[test]
fn answers_are_shown_as_version_2_of_the_aws_cli_shows_them() {
    check(
        "API=$(aws apigateway get-rest-apis --query 'items[0].id' --output text)\n\
         aws apigateway create-deployment --rest-api-id $API --stage-name dev --query createdDate\n\
         aws apigateway get-stages --rest-api-id $API --query 'item[0]' --output text\n\
         aws apigateway get-stage --rest-api-id $API --stage-name dev --query variables\n\
         aws apigateway delete-stage --rest-api-id $API --stage-name dev",
        expect![[r#"
            "2023-11-14T22:13:20+00:00"
            False	NOT_AVAILABLE	2023-11-14T22:13:20+00:00	r5cicw	2023-11-14T22:13:20+00:00	dev	False
            null"#]],
    );
}

#[test]
fn all_pages_of_a_list_are_fetched_unless_one_is_asked_for() {
    let make = "aws apigateway create-rest-api --name more --query name > /dev/null\n".repeat(30);
    let count =
        |tail: &str| run(&format!("{make}aws apigateway get-rest-apis --query 'items[].name' --output text {tail}"));
    let names = |text: String| text.lines().map(|line| line.split('\t').count()).collect::<Vec<_>>();
    // As text each page is an answer of its own, and the query is asked of each (documented).
    assert_eq!(names(count("")), [25, 6]);
    let length =
        |format: &str| run(&format!("{make}aws apigateway get-rest-apis --query 'length(items)' --output {format}"));
    assert_eq!((length("json"), length("text")), ("31".into(), "25\n6".into()));
    assert_eq!(names(count("--no-paginate")), [25]);
    assert_eq!(names(count("--limit 3")), [3]);
}

#[test]
fn options_of_the_program_itself_are_read_where_they_mean_something() {
    let ids = "get-rest-apis --query 'items[].name' --output text";
    assert_eq!(
        run(&format!("aws --color off apigateway {ids} --cli-read-timeout 5 --no-verify-ssl")),
        run(&format!("aws apigateway {ids}"))
    );
    assert!(run("aws --version").starts_with("aws-cli/2 Stagecraft/"));
    let keys = |tail: &str| run(&format!("aws apigateway import-api-keys --format csv {tail}"));
    check(
        "aws apigateway get-resource --res x --rest-api-id y",
        expect![[r#"[252 at "--res"] aws: error: ambiguous option: --res could match --rest-api-id, --resource-id"#]],
    );
    check(
        "aws apigateway get-rest-apis --color blue",
        expect![[r#"
            [252 at "blue"] aws: error: argument --color: Invalid choice, valid choices are:

            on                                       | off                                     
            auto                                    "#]],
    );
    check(
        "aws apigateway get-rest-apis --max-items many",
        expect![[r#"[252 at "many"] aws: error: argument --max-items: invalid int value: 'many'"#]],
    );
    check(
        "aws apigateway get-rest-apis --limit 1 --max-items 1",
        expect![[
            r#"[252 at ""] Cannot specify --no-paginate along with pagination arguments: --max-items Leave out --limit, --position and --no-paginate: they ask for one page."#
        ]],
    );
    check(
        "aws apigateway get-rest-apis --endpoint-url http://localhost:4566",
        expect![[
            r#"[255 at "http://localhost:4566"] Could not connect to the endpoint URL: "http://localhost:4566" Leave --endpoint-url out: the only service here is the page's own, which stands for https://apigateway.us-east-1.amazonaws.com."#
        ]],
    );
    // `name,key` and one key, as they are and in base64.
    let (text, base64) =
        ("'name,key\nA,apikey1234abcdefghij0123456789'", "bmFtZSxrZXkKQSxhcGlrZXkxMjM0YWJjZGVmZ2hpajAxMjM0NTY3ODk=");
    let ids = "--query 'length(ids)'";
    assert_eq!(keys(&format!("--body {text} {ids}")), "1");
    assert_eq!(keys(&format!("--cli-binary-format raw-in-base64-out --body {text} {ids}")), "1");
    assert_eq!(keys(&format!("--cli-binary-format base64 --body {base64} {ids}")), "1");
    check(
        "aws apigateway import-api-keys --format csv --cli-binary-format base64 --body name,value",
        expect![[
            r#"[255 at "name,value"] Invalid base64: "name,value" Give the text itself with --cli-binary-format raw-in-base64-out."#
        ]],
    );
}

#[test]
fn a_wrong_line_says_where_and_what_was_probably_meant() {
    check(
        "aws apigatway get-rest-apis",
        expect![[
            r#"[252 at "apigatway"] aws: error: argument command: Invalid choice: apigatway Did you mean apigateway?"#
        ]],
    );
    check(
        "aws apigateway get-restapis",
        expect![[
            r#"[252 at "get-restapis"] aws: error: argument operation: Invalid choice: get-restapis Did you mean get-rest-apis?"#
        ]],
    );
    check(
        "aws apigateway get-stage --rest-apis-id a --stage-name b",
        expect![[r#"[252 at "--rest-apis-id"] Unknown options: --rest-apis-id, a Did you mean --rest-api-id?"#]],
    );
    check(
        "aws apigateway get-stage --stage-name",
        expect![[r#"[252 at "--stage-name"] aws: error: argument --stage-name: expected one argument"#]],
    );
    check(
        "aws apigateway get-stage --stage-name b",
        expect![[r#"[252 at ""] aws: error: the following arguments are required: --rest-api-id"#]],
    );
    check("aws apigateway get-stage b", expect![[r#"[252 at "b"] Unknown options: b"#]]);
    check("aws", expect![[r#"[252 at ""] aws: error: the following arguments are required: command"#]]);
    check("asw x", expect![[r#"[127 at "asw"] asw: command not found Did you mean aws?"#]]);
    check(
        "aws apigateway get-rest-apis --limit many",
        expect![[r#"[255 at "many"] invalid literal for int() with base 10: 'many'"#]],
    );
    check(
        "aws apigateway get-rest-apis --region eu-west-1",
        expect![[
            r#"[252 at "eu-west-1"] aws: error: the workspace is in us-east-1 Leave --region out; or give the workspace another region in Settings."#
        ]],
    );
    check(
        "aws apigateway get-rest-apis --output yaml",
        expect![[r#"
            items:
            - apiKeySource: HEADER
              createdDate: '2023-11-14T22:13:20+00:00'
              description: Users of a small service, answered by mock integrations
              disableExecuteApiEndpoint: false
              endpointConfiguration:
                ipAddressType: ipv4
                types:
                - REGIONAL
              id: 1izref2dep
              name: UsersAPI
              rootResourceId: wb94rr2psp"#]],
    );
    check(
        "aws apigateway create-rest-api --name file://a.txt",
        expect![[
            r#"[252 at "file://a.txt"] Error parsing parameter '--name': Unable to load paramfile file://a.txt: [Errno 2] No such file or directory: 'a.txt' There are no files here. Give the text itself, in single quotes."#
        ]],
    );
}

#[test]
fn a_wrong_value_says_where_in_it() {
    let update = |value: &str| {
        run(&format!("aws apigateway update-stage --rest-api-id a --stage-name b --patch-operations {value}"))
    };
    let check = |value: &str, expected: Expect| expected.assert_eq(&update(value));
    // A brace that nothing opened ends a value without quotes; that of a path needs them.
    check(
        "op=replace,path='/~1pets~1{id}/GET/throttling/rateLimit',value=5",
        expect![[r#"
            [252 at "op=replace,path='/~1pets~1{id}/GET/throttling/rateLimit',value=5"] Error parsing parameter '--patch-operations': Expected: ',', received: '}' for input:
            op=replace,path=/~1pets~1{id}/GET/throttling/rateLimit,value=5
                                        ^"#]],
    );
    check(
        "op",
        expect![[r#"
            [252 at ""] Error parsing parameter '--patch-operations': Expected: '=', received: 'EOF' for input:
            op
              ^"#]],
    );
    check(
        "op=replace,,path=/x",
        expect![[r#"
            [252 at ","] Error parsing parameter '--patch-operations': Expected: '=', received: ',' for input:
            op=replace,,path=/x
                       ^"#]],
    );
    check(
        "'op=replace,path=\"/x'",
        expect![[r#"
            [252 at "\""] Error parsing parameter '--patch-operations': Expected: '<double quoted>', received: '<none>' for input:
            op=replace,path="/x
                            ^"#]],
    );
    check(
        "op=replace,pth=/x",
        expect![[r#"
            [252 at "op=replace,pth=/x"] Parameter validation failed:
            Unknown parameter in patchOperations[0]: "pth", must be one of: op, path, value, from Did you mean path?"#]],
    );
    check(
        "op=replace,path=/x,value=a,b",
        expect![[r#"
            [252 at "op=replace,path=/x,value=a,b"] Parameter validation failed:
            Invalid type for parameter patchOperations[0].value, value: ['a', 'b'], type: <class 'list'>, valid types: <class 'str'> A value with commas stands in double quotes of its own: value="a,b"; or the whole as JSON."#]],
    );
    check(
        "op=a,op=b",
        expect![[r#"
            [252 at "op"] Error parsing parameter '--patch-operations': Second instance of key "op" encountered for input:
            op=a,op=b
                 ^
            This is often because there is a preceding "," instead of a space."#]],
    );
    check(
        "'[{\"op\":\"replace\" \"path\":1}]'",
        expect![[r#"
            [252 at "\""] Error parsing parameter '--patch-operations': Invalid JSON: Expecting ',' delimiter: line 1 column 18 (char 17)
            JSON received: [{"op":"replace" "path":1}]"#]],
    );
    check(
        "'[{\"op\":1}]'",
        expect![[r#"
            [252 at "'[{\"op\":1}]'"] Parameter validation failed:
            Invalid type for parameter patchOperations[0].op, value: 1, type: <class 'int'>, valid types: <class 'str'>"#]],
    );
    check(
        "'[1]'",
        expect![[r#"
            [252 at "'[1]'"] Parameter validation failed:
            Invalid type for parameter patchOperations[0], value: 1, type: <class 'int'>, valid types: <class 'dict'>"#]],
    );
    check(
        "",
        expect![
            "[254] An error occurred (NotFoundException) when calling the UpdateStage operation: Invalid Stage identifier specified"
        ],
    );
}

#[test]
fn a_request_is_printed_as_the_line_that_sends_it() {
    check_print(
        "aws  apigateway create-deployment   --stage-name dev --rest-api-id a --description \"it's new\"",
        expect![[r#"aws apigateway create-deployment --rest-api-id a --stage-name dev --description 'it'\''s new'"#]],
    );
    check_print(
        "aws apigateway update-stage --rest-api-id a --stage-name dev --patch-operations op=replace,path=/deploymentId,value=abc123 op=remove,path=/variables/x",
        expect![
            "aws apigateway update-stage --rest-api-id a --stage-name dev --patch-operations op=replace,path=/deploymentId,value=abc123 op=remove,path=/variables/x"
        ],
    );
    check_print(
        r#"aws apigateway update-stage --rest-api-id a --stage-name dev --patch-operations '[{"op":"replace","path":"/description","value":"a,b"}]'"#,
        expect![[
            r#"aws apigateway update-stage --rest-api-id a --stage-name dev --patch-operations '[{"op":"replace","path":"/description","value":"a,b"}]'"#
        ]],
    );
    check_print(
        "aws apigateway create-resource --rest-api-id a --parent-id b --path-part '{id}'",
        expect!["aws apigateway create-resource --rest-api-id a --parent-id b --path-part '{id}'"],
    );
    check_print(
        "aws apigateway create-rest-api --name=--x --tags '{}' --binary-media-types '[\"--a\"]'",
        expect![[r#"aws apigateway create-rest-api --name=--x --binary-media-types '["--a"]' --tags '{}'"#]],
    );
    check_print(
        r#"aws apigateway create-rest-api --cli-input-json '{"name":"file://x"}'"#,
        expect![[r#"aws apigateway create-rest-api --cli-input-json '{"name":"file://x"}'"#]],
    );
}

#[test]
fn help_is_written_from_the_table() {
    check(
        "aws apigateway get-stage help",
        expect![[r#"
            get-stage()

            REQUEST

              GET /restapis/{restApiId}/stages/{stageName}

            SYNOPSIS

              get-stage
              --rest-api-id <value>
              --stage-name <value>

            OPTIONS

              --rest-api-id (string) [required], in the URI
              --stage-name (string) [required], in the URI

            GLOBAL OPTIONS

              --cli-input-json (string)
              --cli-input-yaml (string)
              --generate-cli-skeleton (string)
              --debug
              --endpoint-url (string)
              --no-verify-ssl
              --no-paginate
              --output (string)
              --query (string)
              --profile (string)
              --region (string)
              --color (string)
              --no-sign-request
              --ca-bundle (string)
              --cli-read-timeout (string)
              --cli-connect-timeout (string)
              --cli-binary-format (string)
              --no-cli-pager
              --cli-auto-prompt
              --no-cli-auto-prompt"#]],
    );
    let all = run("aws apigateway help");
    assert!(OPERATIONS.iter().all(|row| all.contains(&format!("  o {}\n", row.cli_name()))), "{all}");
    assert!(run("aws help").contains("o apigateway"));
}

#[test]
fn yaml_is_written_in_blocks() {
    check(
        "aws apigateway get-rest-apis --output yaml",
        expect![[r#"
            items:
            - apiKeySource: HEADER
              createdDate: '2023-11-14T22:13:20+00:00'
              description: Users of a small service, answered by mock integrations
              disableExecuteApiEndpoint: false
              endpointConfiguration:
                ipAddressType: ipv4
                types:
                - REGIONAL
              id: 1izref2dep
              name: UsersAPI
              rootResourceId: wb94rr2psp"#]],
    );
    check(
        "aws apigateway get-rest-apis --query '[`[]`, `{}`, `\"\"`, `\"a: b\"`, `\"1\"`, `\"two\\nlines\"`, `[[1,2],[3]]`]' --output yaml",
        expect![[r#"
            - []
            - {}
            - ''
            - 'a: b'
            - '1'
            - "two\nlines"
            - - - 1
                - 2
              - - 3"#]],
    );
}
