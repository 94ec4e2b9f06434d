//! The renderings that were recorded of AWS, row by row, and the variables as documented.

use super::{Overrides, Parameters, Rendered, TemplateInput, escape_java_script, render};
use crate::vtl::{Limits, Template, Value};
use std::rc::Rc;

fn pairs(pairs: &[(&str, &str)]) -> Vec<(Rc<str>, Rc<str>)> {
    pairs.iter().map(|(name, value)| (Rc::from(*name), Rc::from(*value))).collect()
}

fn input(body: &str) -> TemplateInput {
    let context = serde_json::json!({
        "stage": "dev",
        "path": "/dev/users",
        "httpMethod": "GET",
        "identity": {"sourceIp": "203.0.113.7", "user": null},
    });
    TemplateInput {
        body: Rc::from(body),
        params: Rc::new(Parameters {
            path: pairs(&[("userId", "42"), ("both", "from path")]),
            querystring: pairs(&[("type", "a b"), ("both", "from query")]),
            header: pairs(&[("Content-Type", "application/json"), ("X-One", "1"), ("both", "from header")]),
        }),
        stage_variables: Rc::new(pairs(&[("table", "users-dev"), ("url", "example.com")])),
        context: Value::from_json(&context),
        overrides: Overrides::default(),
    }
}

fn run(template: &str, input: &TemplateInput) -> Result<Rendered, String> {
    let template = Template::parse(template).map_err(|error| format!("refused: {error}"))?;
    render(&template, input, &Limits::default()).map_err(|error| format!("stopped: {error}"))
}

#[track_caller]
fn check(body: &str, template: &str, expected: &str) {
    let output = match run(template, &input(body)) {
        Ok(rendered) => rendered.output,
        Err(error) => error,
    };
    assert_eq!(output, expected, "{template} with {body}");
}

// Recorded: formatting of what $input.path finds. The echo server wraps the request's body as "json".

#[test]
fn input_path_prints_as_recorded() {
    let path = "#set($result = $input.path(\"$.json\"))$result";
    let nested = "#set($result = $input.path(\"$.json\"))$result.nested";
    let first = "#set($result = $input.path(\"$.json\"))$result[0]";
    let to_string = "#set($result = $input.path(\"$.json\"))$result.toString()";
    check(r#"{"json": {"foo": "bar"}}"#, path, "{foo=bar}");
    check(r#"{"json": [{"foo": "bar"}]}"#, path, r#"[{"foo":"bar"}]"#);
    check(r#"{"json": {"nested": {"foo": "bar"}}}"#, nested, "{foo=bar}");
    check(r#"{"json": {"nested": [{"foo": "bar"}]}}"#, nested, r#"[{"foo":"bar"}]"#);
    check(r#"{"json": [{"foo": "bar"}]}"#, first, "{foo=bar}");
    check(r#"{"json": [[{"foo": "bar"}]]}"#, first, r#"[{"foo":"bar"}]"#);
    check(r#"{"json": {"foo": [{"nested": "bar"}]}}"#, path, r#"{foo=[{"nested":"bar"}]}"#);
    let bigger = r#"{"json": {"bigger": "dict", "to": "test", "with": "separators"}}"#;
    check(bigger, path, "{bigger=dict, to=test, with=separators}");
    check(r#"{"json": {"foo": "bar"}}"#, to_string, "{foo=bar}");
    check(r#"{"json": {"list": [{"foo": "bar"}]}}"#, to_string, r#"{list=[{"foo":"bar"}]}"#);
}

#[test]
fn a_missing_path_and_null_are_nothing_and_equal_both_null_and_the_empty_text() {
    let template = "#set($result = $input.path(\"$.json.listValue\")){\"body\": $result, \"nested\": $result.nested, \
        \"isNull\": #if( $result == $null )\"true\"#else\"false\"#end, \
        \"isEmptyString\": #if( $result == \"\" )\"true\"#else\"false\"#end}";
    let nothing = r#"{"body": , "nested": , "isNull": "true", "isEmptyString": "true"}"#;
    let empty_list = r#"{"body": [], "nested": , "isNull": "false", "isEmptyString": "false"}"#;
    check("", template, nothing);
    check("{}", template, nothing);
    check(r#"{"json": {"listValue": null}}"#, template, nothing);
    check(r#"{"json": {"listValue": []}}"#, template, empty_list);
}

// Recorded: formatting of $input.body.

#[test]
fn input_body_prints_as_recorded() {
    let raw = "#set($result = $input.body)$result";
    let in_text = "Action=SendMessage&MessageBody=$input.body";
    let member = "#set($result = $input.body.testAccess)$result";
    let encoded = "EncodedBody=$util.urlEncode($input.body)&EncodedBodyAccess=$util.urlEncode($input.body.testAccess)";
    check("", raw, "{}");
    check(r#"{"some": "value"}"#, raw, r#"{"some": "value"}"#);
    check("some raw data", raw, "some raw data");
    check("", in_text, "Action=SendMessage&MessageBody={}");
    check("some raw data", in_text, "Action=SendMessage&MessageBody=some raw data");
    check(r#"{"testAccess": "value"}"#, member, "");
    check("", encoded, "EncodedBody=%7B%7D&EncodedBodyAccess=");
    check("some raw data", encoded, "EncodedBody=some+raw+data&EncodedBodyAccess=");
    check(r#"{"some": "value"}"#, encoded, "EncodedBody=%7B%22some%22%3A+%22value%22%7D&EncodedBodyAccess=");
}

#[test]
fn input_json_gives_json_text() {
    let body = r#"{"a": {"b": [1, 2.50, "x/y"]}, "n": null, "big": 12345678901234567890}"#;
    check(body, "$input.json('$.a')", r#"{"b":[1,2.5,"x/y"]}"#);
    check(body, "$input.json('$.a.b[2]') $input.json(\"$.a.b[0]\") $input.json('$.n')", "\"x/y\" 1 null");
    check(body, "$input.json('$.big')|$input.json('$..b[0]')", "12345678901234567890|[1]");
    check(body, "$input.json('$.missing')", "\"\"");
    check("", "$input.json('$')", "{}");
    check("no json", "$input.json('$')|$input.path('$')|$input.path('$.a')", "\"no json\"|no json|");
    check("{broken", "$input.json('$')|$input.path('$')|$input.path('$.a')", "\"\"||");
    check(
        body,
        "$input.json('$.')",
        "stopped: The JSONPath is wrong. A name is expected here. (at character 3) (line 1, column 8)",
    );
    check(body, "$input.json($missing)", "stopped: $input.json needs a JSONPath as text. (line 1, column 8)");
}

#[test]
fn input_path_gives_values() {
    let body = r#"{"items": [{"id": 1, "ok": true}, {"id": 2, "ok": false}], "f": 1.0}"#;
    let ids = "#foreach($item in $input.path('$.items'))#if($item.ok)$item.id#end#end $input.path('$.items').size()";
    check(body, ids, "1 2");
    check(body, "$input.path('$.items[1].id') $input.path('$.f') $input.path('$').items[0].ok", "2 1.0 true");
    check(body, "#set($root = $input.path('$'))#set($q = $root.put('new', 1))$input.path('$.new')|$root.new", "1|1");
}

#[test]
fn what_input_path_finds_is_part_of_the_document() {
    let body = r#"{"id": 7, "tags": ["a"], "user": {"name": "Ada"}, "rows": [{"n": 1}, {"n": 2}]}"#;
    let rest = r#""user":{"name":"Ada"},"rows":[{"n":1},{"n":2}]"#;
    let whole = |members: &str| format!("{{{members}}}");
    for (change, after) in [
        (
            r#"#set($b = $input.path('$'))#set($b.url = "u/$b.id")"#,
            whole(&format!(r#""id":7,"tags":["a"],{rest},"url":"u/7""#)),
        ),
        ("#set($b = $input.path('$'))#set($b['id'] = 8)", whole(&format!(r#""id":8,"tags":["a"],{rest}"#))),
        ("#set($q = $input.path('$').remove('tags'))", whole(&format!(r#""id":7,{rest}"#))),
        ("#set($q = $input.path('$.tags').add('b'))", whole(&format!(r#""id":7,"tags":["a","b"],{rest}"#))),
        ("#set($t = $input.path('$.tags'))#set($t[0] = 1.5)", whole(&format!(r#""id":7,"tags":[1.5],{rest}"#))),
    ] {
        check(body, &format!("{change}$input.json('$')"), &after);
        // The text that came in is another thing.
        check(body, &format!("{change}$input.body"), body);
    }
    let nested =
        "#set($u = $input.path('$.user'))#set($u.name = 'Eve')$input.json('$.user') $input.path('$').user.name";
    check(body, nested, r#"{"name":"Eve"} Eve"#);
    let each =
        "#foreach($r in $input.path('$.rows'))#set($r.m = $r.n * 2)#end$input.json('$.rows') $input.path('$..m')";
    check(body, each, r#"[{"n":1,"m":2},{"n":2,"m":4}] [2,4]"#);
    // The list that such a path makes is new; what is in it is not.
    let found =
        "#set($l = $input.path('$.rows[*]'))#set($q = $l.add(3))#set($l[0].n = 9)$input.json('$.rows') $l.size()";
    check(body, found, r#"[{"n":9},{"n":2}] 3"#);
    let filtered = "#set($l = $input.path('$.rows[?(@.n == 2)]'))#set($l[0].n = 5)$input.json('$.rows[1]')";
    check(body, filtered, r#"{"n":5}"#);
    let other = "#set($b = $util.parseJson($input.body))#set($b.id = 1)$input.json('$.id')";
    check(body, other, "7");
    let given = "#set($b = $input.path('$'))#set($b.who = $input.params().path)$input.json('$.who')";
    check(body, given, r#"{"userId":"42","both":"from path"}"#);
    check("", "#set($b = $input.path('$'))#set($b.a = [1, {'b': $null}])$input.json('$')", r#"{"a":[1,{"b":null}]}"#);
    check("", "#set($b = $input.path('$'))#set($b.a = 1)$input.body", "{}");
}

#[test]
fn each_template_reads_the_payload_anew() {
    let input = input(r#"{"a": 1}"#);
    let change = "#set($b = $input.path('$'))#set($b.a = 2)$input.json('$.a')";
    assert_eq!(run(change, &input).map(|rendered| rendered.output), Ok("2".to_owned()));
    assert_eq!(run("$input.json('$.a')", &input).map(|rendered| rendered.output), Ok("1".to_owned()));
}

#[test]
fn a_number_of_json_that_is_too_large_to_calculate_with_prints_as_it_came() {
    let body = r#"{"big": 12345678901234567890, "text": "x"}"#;
    check(
        body,
        "$input.path('$.big') $input.path('$').big $input.json('$')",
        "12345678901234567890 12345678901234567890 {\"big\":12345678901234567890,\"text\":\"x\"}",
    );
    check(
        body,
        "#set($x = $input.path('$.big') + 0.5)$x #if($input.path('$.big') > 1)yes#end",
        "1.2345678901234567E19 yes",
    );
    check(body, "#set($x = $input.path('$.big') + $input.path('$.text'))$x", "12345678901234567890x");
}

#[test]
fn paths_are_paid_for() {
    let wide = format!("[{}]", ["{\"a\":1}"; 2_000].join(","));
    let template = "#foreach($i in [1..1000])#set($x = $input.path('$..a'))#end";
    let stopped = "stopped: The template did too much work and was stopped.";
    let output = run(template, &input(&wide)).map(|rendered| rendered.output);
    assert!(output.as_ref().is_err_and(|error| error.starts_with(stopped)), "{output:?}");
}

#[test]
fn a_document_that_holds_itself_is_not_printed() {
    let circle = "#set($b = $input.path('$'))#set($b.self = $b)";
    let stopped = "stopped: A list or map nests too deeply to be printed. (line 1, column 53)";
    check("{}", &format!("{circle}$input.json('$')"), stopped);
    check("{}", &format!("{circle}$input.path('$.self.self.self').size()"), "1");
    let all = run(&format!("{circle}$input.path('$..x')"), &input("{}")).map(|rendered| rendered.output);
    assert_eq!(all, Err("stopped: The path has too much to look at. (line 1, column 53)".to_owned()));
}

#[test]
fn input_params_search_path_then_query_then_headers() {
    check("", "$input.params('userId') $input.params('type') $input.params('X-One')", "42 a b 1");
    check("", "$input.params('both') $input.params('x-one') [$input.params('missing')]", "from path 1 []");
    check("", "$input.params().path.userId $input.params().querystring.get('type')", "42 a b");
    check("", "$input.params().header.Content-Type [$input.params().header.content-type]", "application/json []");
    check("", "$input.params().keySet() $input.params('path')", "[path, querystring, header] ");
    check("", "$input.params().path", "{userId=42, both=from path}");
}

#[test]
fn stage_variables_in_every_form() {
    check(
        "",
        "$stageVariables.table ${stageVariables.table}! $stageVariables['url']",
        "users-dev users-dev! example.com",
    );
    check("", "[$stageVariables.missing][${stageVariables.missing}]", "[][]");
    check(
        "",
        "#foreach($k in $stageVariables.keySet())$k=$stageVariables.get($k);#end",
        "table=users-dev;url=example.com;",
    );
    check("", "$stageVariables.size() $stageVariables", "2 {table=users-dev, url=example.com}");
}

#[test]
fn context_members() {
    check(
        "",
        "$context.stage $context.identity.sourceIp [$context.identity.user][$context.nothing.more]",
        "dev 203.0.113.7 [][]",
    );
    check("", "$context[\"stage\"] $context.get('path') $context.identity.keySet()", "dev /dev/users [sourceIp, user]");
    check("", "#set($context.stage = 'x')#set($context.mine = 1)$context.stage $context.mine", "x 1");
}

#[test]
fn what_a_template_sets_in_context_is_its_own() {
    let input = input("");
    assert!(run("#set($context.stage = 'x')", &input).is_ok());
    assert_eq!(run("$context.stage", &input).map(|rendered| rendered.output), Ok("dev".to_owned()));
}

// Recorded: overrides of a MOCK integration, from the request template to the response template.

fn both_templates(request: &str, response: &str, body: &str) -> (String, Rendered) {
    let first = run(request, &input(body)).expect("the request template renders");
    let second = TemplateInput { overrides: first.overrides.clone(), ..input("") };
    (first.output, run(response, &second).expect("the response template renders"))
}

#[test]
fn a_response_override_of_the_request_template_reaches_the_answer() {
    let request = "\n#set($context.responseOverride.status = 444)\n#set($context.responseOverride.header.foo = \"bar\")\n\
        #set($context.responseOverride.custom = \"is also passed around\")\n{\n  \"statusCode\": 200\n}\n";
    let response = "\n#set($statusOverride = $context.responseOverride.status)\n\
        #set($fooHeader = $context.responseOverride.header.foo)\n#set($custom = $context.responseOverride.custom)\n\
        {\n    \"statusOverride\": \"$statusOverride\",\n    \"fooHeader\": \"$fooHeader\",\n    \"custom\": \"$custom\"\n}\n";
    let (first, second) = both_templates(request, response, "");
    assert_eq!(crate::lenient_json::mock_status_code(&first), Ok(200));
    assert_eq!(second.overrides.response_status(), Some(444));
    let headers = second.overrides.response_headers();
    let headers: Vec<_> = headers.iter().map(|(name, value)| (&**name, value.to_text())).collect();
    assert_eq!(headers, [("foo", "bar".to_owned())]);
    let expected = "\n{\n    \"statusOverride\": \"444\",\n    \"fooHeader\": \"bar\",\n    \"custom\": \"is also passed around\"\n}\n";
    assert_eq!(second.output, expected);
}

#[test]
fn a_request_override_is_read_in_the_response_template() {
    let request = "#set($body = $util.base64Decode('eyJtZXNzYWdlIjogInBhdGgxIn0='))\n\
        #set($context.requestOverride.path.body = $body)\n{\n  \"statusCode\": 200\n}\n";
    let response = "#set($body = $util.parseJson($context.requestOverride.path.body))\n#set($inputBody = $body.message)\n\
        #if($inputBody == \"path1\")\n{\"response\": \"path was path one\"}\n#elseif($inputBody == \"path2\")\n\
        {\"response\": \"path was path two\"}\n#else\n{\"response\": \"this is the else clause\"}\n#end\n";
    let (_, second) = both_templates(request, response, "");
    assert_eq!(second.output, "{\"response\": \"path was path one\"}\n");
}

#[test]
fn maps_are_assigned_in_every_recorded_way() {
    let request = "\n#set($paramName = \"foo\")\n#set($context.requestOverride.querystring[$paramName] = \"bar\")\n\
        #set($paramPutName = \"putfoo\")\n$context.requestOverride.querystring.put($paramPutName, \"putBar\")\n\
        #set($context[\"requestOverride\"].querystring[\"nestedfoo\"] = \"nestedFoo\")\n{\n  \"statusCode\": 200\n}\n";
    let response = "#set($value = $context.requestOverride.querystring[\"foo\"])\n\
        #set($value2 = $context.requestOverride.querystring[\"putfoo\"])\n\
        #set($value3 = $context.requestOverride.querystring[\"nestedfoo\"])\n$value $value2 $value3";
    let (first, second) = both_templates(request, response, "");
    assert_eq!(first, "\n\n{\n  \"statusCode\": 200\n}\n");
    assert_eq!(crate::lenient_json::mock_status_code(&first), Ok(200));
    assert_eq!(second.output, "bar putBar nestedFoo");
    let names = second.overrides.request_members("querystring");
    assert_eq!(names.iter().map(|(name, _)| &**name).collect::<Vec<_>>(), ["foo", "putfoo", "nestedfoo"]);
}

#[test]
fn a_template_that_sets_no_override_makes_none() {
    let rendered = run("$context.stage", &input("")).expect("it renders");
    assert!(matches!(rendered.overrides, Overrides { request: Value::Null, response: Value::Null }));
    assert_eq!(rendered.overrides.response_status(), None);
    assert!(rendered.overrides.response_headers().is_empty());
}

#[test]
fn several_values_of_an_overridden_header_are_a_list() {
    let rendered = run("#set($context.requestOverride.header.multi = [\"1\", \"2\"])", &input("")).expect("it renders");
    let headers = rendered.overrides.request_members("header");
    assert_eq!(headers.first().map(|(_, value)| value.to_json()), Some(serde_json::json!(["1", "2"])));
}

#[test]
fn util_functions() {
    check(r#"{"message": "it's \"so\""}"#, "$util.escapeJavaScript($input.path('$.message'))", r#"it\'s \"so\""#);
    check(r#"{"a": "x"}"#, "$util.escapeJavaScript($input.json('$'))", r#"{\"a\":\"x\"}"#);
    check("it's", r#"$util.escapeJavaScript($input.body).replaceAll("\\'", "'")"#, "it's");
    check("[1,2,3]", "#set($o = $util.parseJson($input.body))$o[0] $o.size()", "1 3");
    check(r#"{"key2":{"arr":[1,2,3]}}"#, "$util.parseJson($input.body).key2.arr[0]", "1");
    check("{", "$util.parseJson($input.body)", "stopped: $util.parseJson can't read: { (line 1, column 7)");
    check("x=a+b ü.-*_~", "$util.urlEncode($input.body)", "x%3Da%2Bb+%C3%BC.-*_%7E");
    check("100%", "$util.urlDecode($input.body)", "stopped: $util.urlDecode can't read: 100% (line 1, column 7)");
    check("a b&c", "$util.urlEncode($input.body) $util.urlDecode('x%3Da+b')", "a+b%26c x=a b");
    check("héllo", "$util.base64Encode($input.body) $util.base64Decode('aMOpbGxv')", "aMOpbGxv héllo");
    check("", "$util.base64Decode('*')", "stopped: $util.base64Decode can't read: * (line 1, column 7)");
    check("", "[$util.urlEncode($missing)][$util.escapeJavaScript($missing)][$util.nothing('x')]", "[][][]");
}

#[test]
fn escapes_for_java_script() {
    assert_eq!(
        escape_java_script("a'b\"c\\d/e\n\r\t\u{8}\u{c}\u{1}é😀"),
        r#"a\'b\"c\\d\/e\n\r\t\b\f\u0001\u00E9\uD83D\uDE00"#
    );
}

#[test]
fn form_data_is_taken_apart_as_published_templates_do() {
    let template = "#set($data = {})\n#foreach($token in $input.path('$').split('&'))\n\
        #set($pair = $token.split('='))\n#if($pair.size() >= 1)\n#set($key = $util.urlDecode($pair[0]))\n\
        #if($pair.size() >= 2)\n#set($value = $util.urlDecode($pair[1]))\n#else\n#set($value = '')\n#end\n\
        \"$key\": \"$util.escapeJavaScript($value)\"#if($foreach.hasNext),#end\n\n#end\n#end\n";
    check("name=Ada+L&x=%22&e=", template, "\"name\": \"Ada L\",\n\"x\": \"\\\"\",\n\"e\": \"\"\n");
}

/// The template that the console offers as "Method request passthrough".
#[test]
fn the_passthrough_template_renders_json() {
    let template = "#set($allParams = $input.params())\n{\n\"body-json\" : $input.json('$'),\n\"params\" : {\n\
        #foreach($type in $allParams.keySet())\n    #set($params = $allParams.get($type))\n\"$type\" : {\n\
        #foreach($paramName in $params.keySet())\n    \
        \"$paramName\" : \"$util.escapeJavaScript($params.get($paramName))\"\n        #if($foreach.hasNext),#end\n    #end\n}\n    \
        #if($foreach.hasNext),#end\n#end\n},\n\"stage-variables\" : {\n#foreach($key in $stageVariables.keySet())\n\
        \"$key\" : \"$util.escapeJavaScript($stageVariables.get($key))\"\n    #if($foreach.hasNext),#end\n#end\n},\n\
        \"context\" : {\n    \"stage\" : \"$context.stage\",\n    \"user\" : \"$context.identity.user\"\n    }\n}\n";
    let rendered = run(template, &input("")).expect("it renders");
    let json: serde_json::Value = serde_json::from_str(&rendered.output).expect("it is JSON");
    let expected = serde_json::json!({
        "body-json": {},
        "params": {
            "path": {"userId": "42", "both": "from path"},
            "querystring": {"type": "a b", "both": "from query"},
            "header": {"Content-Type": "application/json", "X-One": "1", "both": "from header"},
        },
        "stage-variables": {"table": "users-dev", "url": "example.com"},
        "context": {"stage": "dev", "user": ""},
    });
    assert_eq!(json, expected);
}
