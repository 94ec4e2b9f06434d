//! A request as a call of AWS's SDK for JavaScript, version 3.

use crate::control_plane::{Command, Location, Service};
use serde_json::Value;

/// Writes the lines of JavaScript that send a request.
pub fn print(command: &Command) -> String {
    let (name, members) = (command.name(), command.input());
    let mut input = String::from("{");
    for (member, value) in &members {
        input.push_str(&format!("\n  {}: ", key(member)));
        match value {
            // What goes as it is, is bytes there.
            Value::String(_) if is_payload(command, member) => {
                input.push_str(&format!("new TextEncoder().encode({value})"));
            }
            _ => literal(value, 2, &mut input),
        }
        input.push(',');
    }
    input.push_str(if members.is_empty() { "}" } else { "\n}" });
    let Service { sdk_client: client, sdk_package: package, .. } = command.row().service;
    format!(
        "import {{ {client}, {name}Command }} from '{package}';\n\nconst client = new {client}();\nawait client.send(new {name}Command({input}));"
    )
}

/// Tells whether a member is the message's body as it is.
pub(super) fn is_payload(command: &Command, member: &str) -> bool {
    let mut members = command.row().members.iter();
    members.any(|row| row.name == member && row.location == Location::Payload)
}

/// Returns a member's name; without quotes where it needs none.
fn key(name: &str) -> String {
    let plain = |at: usize, b: u8| b.is_ascii_alphabetic() || b == b'_' || b == b'$' || at > 0 && b.is_ascii_digit();
    match name {
        // Which would be the object's prototype.
        "__proto__" => "[\"__proto__\"]".into(),
        _ if !name.is_empty() && name.bytes().enumerate().all(|(at, b)| plain(at, b)) => name.to_owned(),
        _ => Value::from(name).to_string(),
    }
}

/// Writes a value; what JSON has is JavaScript.
fn literal(value: &Value, indent: usize, out: &mut String) {
    let line = |indent: usize, out: &mut String| {
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', indent));
    };
    match value {
        Value::Array(items) if !items.is_empty() => {
            out.push('[');
            for item in items {
                line(indent + 2, out);
                literal(item, indent + 2, out);
                out.push(',');
            }
            line(indent, out);
            out.push(']');
        }
        Value::Object(members) if !members.is_empty() => {
            out.push('{');
            for (name, member) in members {
                line(indent + 2, out);
                out.push_str(&format!("{}: ", key(name)));
                literal(member, indent + 2, out);
                out.push(',');
            }
            line(indent, out);
            out.push('}');
        }
        other => out.push_str(&other.to_string()),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::print;
    use crate::dialects::cli::parse_command;
    use expect_test::{Expect, expect};

    #[test]
    fn a_request_is_a_command_that_is_sent() {
        let check = |line: &str, expected: Expect| {
            expected.assert_eq(&print(&parse_command(line).unwrap_or_else(|failure| panic!("{}", failure.text()))));
        };
        check(
            "aws apigateway get-rest-apis",
            expect![[r#"
            import { APIGatewayClient, GetRestApisCommand } from '@aws-sdk/client-api-gateway';

            const client = new APIGatewayClient();
            await client.send(new GetRestApisCommand({}));"#]],
        );
        check(
            "aws apigateway create-deployment --rest-api-id a --stage-name dev",
            expect![[r#"
            import { APIGatewayClient, CreateDeploymentCommand } from '@aws-sdk/client-api-gateway';

            const client = new APIGatewayClient();
            await client.send(new CreateDeploymentCommand({
              restApiId: "a",
              stageName: "dev",
            }));"#]],
        );
        check(
            "aws apigateway create-stage --rest-api-id a --stage-name dev --deployment-id d --no-cache-cluster-enabled --variables __proto__=x,a_1=y,1=z --tags '{\"a b\": \"c\"}' --canary-settings '{\"percentTraffic\": 2.5, \"stageVariableOverrides\": {}}'",
            expect![[r#"
                import { APIGatewayClient, CreateStageCommand } from '@aws-sdk/client-api-gateway';

                const client = new APIGatewayClient();
                await client.send(new CreateStageCommand({
                  restApiId: "a",
                  stageName: "dev",
                  deploymentId: "d",
                  cacheClusterEnabled: false,
                  variables: {
                    "1": "z",
                    ["__proto__"]: "x",
                    a_1: "y",
                  },
                  canarySettings: {
                    percentTraffic: 2.5,
                    stageVariableOverrides: {},
                  },
                  tags: {
                    "a b": "c",
                  },
                }));"#]],
        );
        check(
            "aws apigateway import-api-keys --format csv --body 'name,key\n\"é\"'",
            expect![[r#"
            import { APIGatewayClient, ImportApiKeysCommand } from '@aws-sdk/client-api-gateway';

            const client = new APIGatewayClient();
            await client.send(new ImportApiKeysCommand({
              body: new TextEncoder().encode("name,key\n\"é\""),
              format: "csv",
            }));"#]],
        );
    }
}
