//! A request as a call of boto3, AWS's SDK for Python.

use super::sdk_js::is_payload;
use crate::control_plane::Command;
use serde_json::Value;

/// Writes the lines of Python that send a request.
pub fn print(command: &Command) -> String {
    let method = command.row().cli_name().replace('-', "_");
    let members = command.input();
    let service = command.row().service.cli_name;
    let mut out = format!("import boto3\n\nclient = boto3.client('{service}')\nclient.{method}(");
    for (name, value) in &members {
        out.push_str("\n    ");
        out.push_str(name);
        out.push('=');
        match value {
            Value::String(text) if is_payload(command, name) => bytes(text, &mut out),
            _ => literal(value, 4, &mut out),
        }
        out.push(',');
    }
    out.push_str(if members.is_empty() { ")" } else { "\n)" });
    out
}

fn literal(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Null => out.push_str("None"),
        Value::Bool(true) => out.push_str("True"),
        Value::Bool(false) => out.push_str("False"),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::String(text) => string(text, out),
        Value::Array(items) => {
            let items = items.iter().map(|item| (None, item));
            lines(('[', ']'), items, indent, out);
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, member)| (Some(name.as_str()), member));
            lines(('{', '}'), members, indent, out);
        }
    }
}

fn lines<'a>(
    (open, close): (char, char),
    items: impl ExactSizeIterator<Item = (Option<&'a str>, &'a Value)>,
    indent: usize,
    out: &mut String,
) {
    out.push(open);
    let empty = items.len() == 0;
    let newline = |indent: usize, out: &mut String| {
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', indent));
    };
    for (name, value) in items {
        newline(indent + 4, out);
        if let Some(name) = name {
            string(name, out);
            out.push_str(": ");
        }
        literal(value, indent + 4, out);
        out.push(',');
    }
    if !empty {
        newline(indent, out);
    }
    out.push(close);
}

/// Bytes, which hold no letters but those of ASCII.
fn bytes(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.push('b');
    }
    string(text, out);
    if !text.is_ascii() {
        out.push_str(".encode('utf-8')");
    }
}

/// Writes a text in single quotes, with Python's escapes.
fn string(text: &str, out: &mut String) {
    out.push('\'');
    for c in text.chars() {
        match c {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_ascii_control() => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('\'');
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::print;
    use crate::dialects::cli::parse_command;
    use expect_test::{Expect, expect};

    fn check(line: &str, expected: Expect) {
        expected.assert_eq(&print(&parse_command(line).unwrap_or_else(|failure| panic!("{}", failure.text()))));
    }

    #[test]
    fn a_request_is_a_call_with_keywords() {
        check(
            "aws apigateway get-rest-apis",
            expect![[r#"
            import boto3

            client = boto3.client('apigateway')
            client.get_rest_apis()"#]],
        );
        check(
            r#"aws apigateway put-method --rest-api-id a --resource-id r --http-method GET --authorization-type NONE --no-api-key-required --request-parameters method.request.header.h=true"#,
            expect![[r#"
                import boto3

                client = boto3.client('apigateway')
                client.put_method(
                    restApiId='a',
                    resourceId='r',
                    httpMethod='GET',
                    authorizationType='NONE',
                    apiKeyRequired=False,
                    requestParameters={
                        'method.request.header.h': True,
                    },
                )"#]],
        );
        check(
            r#"aws apigateway update-stage --rest-api-id a --stage-name dev --patch-operations "op=replace,path=/description,value=\"it's \\\"new\\\"\""  "#,
            expect![[r#"
                import boto3

                client = boto3.client('apigateway')
                client.update_stage(
                    restApiId='a',
                    stageName='dev',
                    patchOperations=[
                        {
                            'op': 'replace',
                            'path': '/description',
                            'value': 'it\'s "new"',
                        },
                    ],
                )"#]],
        );
        check(
            "aws apigateway import-api-keys --format csv --body \"name,it's\"",
            expect![[r#"
            import boto3

            client = boto3.client('apigateway')
            client.import_api_keys(
                body=b'name,it\'s',
                format='csv',
            )"#]],
        );
        check(
            "aws apigateway import-api-keys --format csv --body 'name,é'",
            expect![[r#"
            import boto3

            client = boto3.client('apigateway')
            client.import_api_keys(
                body='name,é'.encode('utf-8'),
                format='csv',
            )"#]],
        );
    }
}
