//! A request as a call of AWS's SDK for JavaScript, version 3.

use crate::control_plane::Command;
use serde_json::Value;

/// The lines of JavaScript that send a request.
pub fn print(command: &Command) -> String {
    let name = command.name();
    let members = Value::Object(command.input());
    // JSON is JavaScript.
    let text = serde_json::to_string_pretty(&members).unwrap_or_default();
    format!(
        "import {{ APIGatewayClient, {name}Command }} from '@aws-sdk/client-api-gateway';\n\nconst client = new APIGatewayClient();\nawait client.send(new {name}Command({text}));"
    )
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
              "restApiId": "a",
              "stageName": "dev"
            }));"#]],
        );
    }
}
