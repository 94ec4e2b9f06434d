//! The little shell, and `curl` in it.

use super::{check, run};
use expect_test::expect;

#[test]
fn quotes_line_ends_comments_and_a_copied_prompt_are_read_as_a_shell_does() {
    check(
        "# a comment\n$ aws apigateway get-rest-apis \\\n  --query \"items[0].name\"   # another\n;;\n",
        expect![[r#""UsersAPI""#]],
    );
    check(
        "NAME='Users API'; aws apigateway create-rest-api --name \"$NAME\" --query name",
        expect![[r#""Users API""#]],
    );
    check(
        "N=a\naws apigateway create-rest-api --name ${N}b$N\\$N\"\\$\\\"$N\"$ --query name",
        expect![[r#""aba$N$\"a$""#]],
    );
}

#[test]
fn the_output_of_a_command_fills_a_variable() {
    check(
        "API=$(aws apigateway get-rest-apis --query \"items[?name=='UsersAPI'].id\" --output text)\n\
         aws apigateway get-rest-api --rest-api-id $API --query '[name]' --output text\n\
         aws apigateway get-resources --rest-api-id \"$API\" --query 'items[].path' --output text",
        expect![[r#"
            UsersAPI
            /	/users	/users/{userId}"#]],
    );
    check(
        "A=$(aws apigateway get-rest-api --rest-api-id nothing)\naws apigateway get-rest-api --rest-api-id $A",
        expect![[r#"
            [254] An error occurred (NotFoundException) when calling the GetRestApi operation: Invalid API identifier specified 123456789012:nothing There is no API with this id in the workspace. Ids are case-sensitive.
            [1 at "$A"] shell: $A is not set Set it first: A=…"#]],
    );
}

#[test]
fn what_a_shell_would_do_otherwise_is_refused_rather_than_done_wrong() {
    check(
        "aws apigateway get-rest-apis | jq .",
        expect![[
            r#"[2 at "|"] shell: | is not understood here There are no pipes here; --query picks what you need of an answer."#
        ]],
    );
    check(
        "curl https://a.example/dev?a=1&b=2",
        expect![[r#"[2 at "&"] shell: & is not understood here Put the URL in single quotes."#]],
    );
    check(
        "aws apigateway get-stage --rest-api-id <id>",
        expect![[r#"[2 at "<"] shell: < is not understood here Put in a real value, or quote it."#]],
    );
    check("echo 'open", expect![[r#"[2 at "'"] shell: the single quote has no end"#]]);
    check("A=\"open", expect![[r#"[2 at "\""] shell: the double quote has no end"#]]);
    check("A=$(aws", expect![[r#"[2 at "$("] shell: $( has no end"#]]);
    check(
        "A=1 aws x",
        expect![[
            r#"[2 at "A=1"] shell: NAME=value before a command is not understood here Put it in single quotes, or write one command per line."#
        ]],
    );
    check(&"$(".repeat(40), expect![[r#"[2 at "$("] shell: the nesting is too deep: more than 8 levels"#]]);
    let doubling = format!("A=xxxxxxxxxxxxxxxx\n{}", "A=$A$A$A$A\n".repeat(12));
    assert!(run(&doubling).contains("the text is too long"));
    assert!(run(&"x".repeat(2 * 1024 * 1024)).contains("the text is too long"));
}

#[test]
fn curl_sends_what_curl_sends() {
    check(
        "curl -s https://h/dev/users",
        expect![[r#"
        GET https://h/dev/users
        User-Agent: curl/8.5.0
        Accept: */*"#]],
    );
    check(
        "curl -sX PUT -H 'X-A: b' -H Accept: -A me https://h",
        expect![[r#"
        PUT https://h/
        X-A: b
        User-Agent: me"#]],
    );
    check(
        "curl https://h/dev -d '{}' -d b",
        expect![[r#"
        POST https://h/dev
        User-Agent: curl/8.5.0
        Accept: */*
        Content-Type: application/x-www-form-urlencoded
        {}&b"#]],
    );
    check(
        "curl --json '{\"a\":1}' https://h/dev",
        expect![[r#"
        POST https://h/dev
        User-Agent: curl/8.5.0
        Accept: application/json
        Content-Type: application/json
        {"a":1}"#]],
    );
    check(
        "curl -I 'h/a/./b/../c?x=../y#f'",
        expect![[r#"
        HTTP/2 403
        content-type: text/plain"#]],
    );
    check("curl -so /dev/null -w '%{http_code}\\n' 'h/a/./b/../c?x=../y#f'", expect!["403"]);
    check(
        "curl 'h/a/./b/../c/..?x=../y#f' -H 'Accept:x'",
        expect![[r#"
        GET http://h/a/?x=../y
        Accept: x
        User-Agent: curl/8.5.0"#]],
    );
}

#[test]
fn curl_asks_for_a_compressed_answer() {
    check(
        "curl --compressed https://x",
        expect![[r#"
        GET https://x/
        User-Agent: curl/8.5.0
        Accept: */*
        Accept-Encoding: deflate, gzip"#]],
    );
}

#[test]
fn curl_refuses_what_curl_refuses() {
    check("curl", expect![[r#"[2 at "curl"] curl: (2) no URL specified"#]]);
    check("curl https://nowhere/dev", expect![[r#"[6 at "curl"] curl: (6) Could not resolve host: nowhere"#]]);
    check(
        "curl https://h/dev/{id}",
        expect![[r#"[3 at "{"] curl: (3) { in a URL is a pattern for curl; put in a real value"#]],
    );
    check("curl 'https://h/a b'", expect![[r#"[3 at " "] curl: (3) URL rejected: Malformed input to a URL function"#]]);
    check(
        "curl --includ https://h",
        expect![[r#"[2 at "--includ"] curl: option --includ: is unknown Did you mean --include?"#]],
    );
    check("curl -H https://h", expect![[r#"[2 at "curl"] curl: (2) no URL specified"#]]);
    check("curl https://a https://b", expect![[r#"[2 at "https://b"] curl: (2) one URL at a time here"#]]);
    check("curl -f https://h", expect![[r#"[22 at "curl"] curl: (22) The requested URL returned error: 403"#]]);
    check(
        "curl -d @file https://h",
        expect![[r#"[26 at "@file"] curl: (26) there are no files here Give the text itself, in single quotes."#]],
    );
}

#[test]
fn statements_follow_on_success_or_on_failure() {
    check(
        "echo a && echo b; echo c",
        expect![[r#"
        a
        b
        c"#]],
    );
    check(
        "nope && echo never; echo after",
        expect![[r#"
        [127 at "nope"] nope: command not found Lines here begin with aws, curl or echo.
        after"#]],
    );
    check(
        "nope || echo instead && echo then",
        expect![[r#"
        [127 at "nope"] nope: command not found Lines here begin with aws, curl or echo.
        instead
        then"#]],
    );
    check(
        "echo yes || echo no && echo after",
        expect![[r#"
        yes
        after"#]],
    );
    check(
        "NAME=$(echo x && echo y); echo \"$NAME\"",
        expect![[r#"
        x
        y"#]],
    );
    check("export NAME=value\necho $NAME", expect!["value"]);
    check("echo a &&", expect![[r#"[2 at ""] shell: the && or || has no end"#]]);
    check("echo a & echo b", expect![[r#"[2 at "&"] shell: & is not understood here Put the URL in single quotes."#]]);
    check(
        "echo a&&echo b",
        expect![[r#"
        a
        b"#]],
    );
}

#[test]
fn set_fills_the_numbered_variables() {
    check("A='x y  z'\nset -- $A w\necho \"$1-$3\" $4 ${1}0", expect!["x-z w x0"]);
    check(
        "set -- a b; set -- c; echo $1; echo $2",
        expect![[r#"
            c
            [1 at "$2"] shell: $2 is not set Did you mean $1?"#]],
    );
}

#[test]
fn what_scripts_have_besides_is_read_or_refused_as_a_whole() {
    check(
        "A=1\nexport A B\nunset B\nsleep 5\nnope || true\necho $A",
        expect![[r#"
        [127 at "nope"] nope: command not found Lines here begin with aws, curl or echo.
        1"#]],
    );
    check("unset A; echo $A", expect![[r#"[1 at "$A"] shell: $A is not set Set it first: A=…"#]]);
    check(
        "echo begun\nfor i in 1 2; do echo $i; done",
        expect![[
            r#"[2 at "for"] shell: for is not understood here There are no loops and conditions here: write one command per line."#
        ]],
    );
    check(
        "if [ -z x ]; then echo; fi",
        expect![[
            r#"[2 at "if"] shell: if is not understood here There are no loops and conditions here: write one command per line."#
        ]],
    );
    check(
        "echo if '{'; 'for'",
        expect![[r#"
        if {
        [127 at "'for'"] for: command not found Lines here begin with aws, curl or echo."#]],
    );
    check("echo `date`", expect![[r#"[2 at "`"] shell: ` is not understood here Write $(…) instead, or quote it."#]]);
}

#[test]
fn members_as_json_are_those_of_the_operation() {
    let line = |json: &str| {
        format!("aws apigateway create-api-key --query '[name, enabled]' --output text --cli-input-json {json}")
    };
    check(&line("'{\"name\": \"a\", \"enabled\": true}'"), expect!["a	True"]);
    check(
        &line("'{\"nam\": \"a\"}'"),
        expect![[r#"
        [252 at "'{\"nam\": \"a\"}'"] Parameter validation failed:
        Unknown parameter in input: "nam", must be one of: name, description, enabled, generateDistinctId, value, stageKeys, customerId, tags Did you mean name?"#]],
    );
    check(
        &line("file://key.json"),
        expect![[
            r#"[252 at "file://key.json"] Error parsing parameter '--cli-input-json': Unable to load paramfile file://key.json: [Errno 2] No such file or directory: 'key.json' There are no files here. Give the text itself, in single quotes."#
        ]],
    );
    check(
        &line("'[1]'"),
        expect![[
            r#"[252 at "'[1]'"] Error parsing parameter '--cli-input-json': Invalid type: expecting map, received <class 'list'>"#
        ]],
    );
}

#[test]
fn curl_tells_what_it_sends_and_puts_data_where_it_is_asked_to() {
    check(
        "curl -v -H 'X-A: b' https://h/dev",
        expect![[r#"
        > GET /dev HTTP/2
        > Host: h
        > X-A: b
        > User-Agent: curl/8.5.0
        > Accept: */*
        >
        < HTTP/2 403
        < content-type: text/plain
        <
        GET https://h/dev
        X-A: b
        User-Agent: curl/8.5.0
        Accept: */*"#]],
    );
    check(
        "X=$(curl -sv https://h/dev); echo \"[$X]\"",
        expect![[r#"
        [GET https://h/dev
        User-Agent: curl/8.5.0
        Accept: */*]"#]],
    );
    check(
        "curl -kG --data-urlencode 'a=b c&d' --data-urlencode '=é' -m 5 -d x https://h/dev?q=1",
        expect![[r#"
        GET https://h/dev?q=1&a=b%20c%26d&%C3%A9&x
        User-Agent: curl/8.5.0
        Accept: */*"#]],
    );
    check(
        "curl --data-urlencode a@file https://h/dev",
        expect![[r#"[26 at "a@file"] curl: (26) there are no files here Give the text itself, in single quotes."#]],
    );
}

#[test]
fn bytes_are_handed_on_by_the_only_pipe() {
    let import = "aws apigateway import-api-keys --format csv --body fileb:///dev/stdin --query 'length(ids)'";
    check(&format!("printf %s 'name,key\nk,0123456789abcdefghij' | {import}"), expect!["1"]);
    check(
        &format!("KEYS='name,key'\nprintf '%s' \"$KEYS\" |\\\n {import} && echo done"),
        expect![[r#"
        0
        done"#]],
    );
    check(
        import,
        expect![[
            r#"[252 at "fileb:///dev/stdin"] Error parsing parameter '--body': Unable to load paramfile fileb:///dev/stdin: [Errno 2] No such file or directory: '/dev/stdin' There are no files here. Give the text itself, in single quotes."#
        ]],
    );
    check(
        &format!("printf %s --x | {import}"),
        expect![
            "[254] An error occurred (BadRequestException) when calling the ImportApiKeys operation: The API key file must contain the Name and Key columns."
        ],
    );
    check(
        "printf %s a | printf %s b | aws x",
        expect![[
            r#"[2 at "|"] shell: | is not understood here There are no pipes here; --query picks what you need of an answer."#
        ]],
    );
    check(
        "echo a | aws x",
        expect![[
            r#"[2 at "|"] shell: | is not understood here There are no pipes here; --query picks what you need of an answer."#
        ]],
    );
    check("printf %s a |", expect![[r#"[2 at ""] shell: the | has no end"#]]);
}
