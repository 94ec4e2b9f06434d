//! A request as the steps in API Gateway's console that send it.
//!
//! The console's labels are those of its current form, as documented in the developer guide's procedures; that a thing has
//! no place there is assumed where the guide names none. The only dialect that knows operations by name.

use crate::{
    control_plane::{Command, Members},
    entities::Workspace,
};
use serde_json::Value;

/// The steps; `before` gives ids their names.
pub fn print(command: &Command, before: &Workspace) -> Vec<String> {
    let input = command.input();
    let given = Given { input: &input, before };
    let mut out = vec![given.entrance()];
    out.extend(steps(command.name(), &given).unwrap_or_else(|| vec![given.elsewhere(command)]));
    out
}

struct Given<'a> {
    input: &'a Members,
    before: &'a Workspace,
}

impl Given<'_> {
    fn text(&self, member: &str) -> &str {
        self.input.get(member).and_then(Value::as_str).unwrap_or_default()
    }

    /// How one gets to the API, or into the console when there is none yet.
    fn entrance(&self) -> String {
        match self.before.api(self.text("restApiId")) {
            Some(api) => format!("Open the API Gateway console and choose the API {}.", api.config.settings.name),
            None => "Open the API Gateway console.".into(),
        }
    }

    fn path(&self, member: &str) -> String {
        let api = self.before.api(self.text("restApiId"));
        let path = api.map(|api| api.config.path_of(self.text(member)).to_string()).unwrap_or_default();
        if path.is_empty() { self.text(member).to_owned() } else { path }
    }

    /// The method's place in the tree.
    fn method(&self) -> String {
        format!("In Resources, select {} below {}", self.text("httpMethod"), self.path("resourceId"))
    }

    fn deployment(&self, id: &str) -> String {
        let api = self.before.api(self.text("restApiId"));
        api.and_then(|api| api.deployments.get(id))
            .map_or_else(|| id.to_owned(), |found| format!("{id} ({})", found.short_name()))
    }

    /// What stands for an operation without steps of its own: the page of the console that it belongs to.
    fn elsewhere(&self, command: &Command) -> String {
        let uri = command.row().uri;
        let page = PAGES.iter().find(|(part, _)| uri.contains(part)).map_or("its page", |(_, page)| *page);
        let act = match command.row().verb {
            "POST" => "choose Create, fill in the form, and save",
            "PUT" => "choose Edit or Create, fill in the form, and save",
            "PATCH" => "choose Edit, change the fields, and save",
            "DELETE" => "select it, choose Delete, and confirm",
            _ => "look at it there",
        };
        format!("Go to {page}: {act}.")
    }

    fn patches(&self) -> impl Iterator<Item = (&str, &str)> {
        let items = self.input.get("patchOperations").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        items.iter().map(|item| {
            let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default();
            (text("path"), text("value"))
        })
    }
}

/// Parts of URIs, and the pages of the console that they belong to; the first that fits.
const PAGES: [(&str, &str); 16] = [
    ("/models", "Models"),
    ("/authorizers", "Authorizers"),
    ("/gatewayresponses", "Gateway responses"),
    ("/documentation", "Documentation"),
    ("/requestvalidators", "the Method request tab of a method"),
    ("/basepathmappings", "Custom domain names, and there API mappings"),
    ("/domainnames", "Custom domain names"),
    ("/usageplans", "Usage plans"),
    ("/apikeys", "API keys"),
    ("/clientcertificates", "Client certificates"),
    ("/vpclinks", "VPC links"),
    ("/account", "Settings"),
    ("/tags", "the Tags of the object"),
    ("/deployments", "Stages, and there Deployment history"),
    ("/stages", "Stages"),
    ("/restapis", "API settings"),
];

fn steps(operation: &str, given: &Given<'_>) -> Option<Vec<String>> {
    let one = |text: String| Some(vec![text]);
    match operation {
        "CreateRestApi" => Some(vec![
            "Choose Create API, and Build under REST API.".into(),
            format!("Enter the API name {}, and choose Create API.", given.text("name")),
        ]),
        "DeleteRestApi" => one("In the list of APIs select it, choose Delete, and type confirm.".into()),
        "CreateResource" => one(format!(
            "In Resources, choose Create resource. Resource path: {}. Resource name: {}. Choose Create resource.",
            given.path("parentId"),
            given.text("pathPart")
        )),
        "UpdateResource" => one("The console cannot rename or move a resource: use the CLI or an SDK.".into()),
        "DeleteResource" => {
            one(format!("In Resources, select {}, choose Delete, and confirm.", given.path("resourceId")))
        }
        "PutMethod" => one(format!(
            "In Resources, select {} and choose Create method. Method type: {}. Choose the integration type, and Create method.",
            given.path("resourceId"),
            given.text("httpMethod")
        )),
        "DeleteMethod" => one(format!("{}, choose Delete, and confirm.", given.method())),
        "UpdateMethod" => one(format!("{}. On the tab Method request choose Edit, and Save.", given.method())),
        "PutIntegration" | "UpdateIntegration" => one(format!(
            "{}. On the tab Integration request choose Edit; the integration type is {}. Choose Save.",
            given.method(),
            if given.text("type").is_empty() { "as it was" } else { given.text("type") }
        )),
        "PutMethodResponse" => one(format!(
            "{}. On the tab Method response choose Create response. HTTP status code: {}. Choose Save.",
            given.method(),
            given.text("statusCode")
        )),
        "UpdateMethodResponse" | "DeleteMethodResponse" => one(format!(
            "{}. On the tab Method response choose Edit or Delete beside {}.",
            given.method(),
            given.text("statusCode")
        )),
        "PutIntegrationResponse" | "UpdateIntegrationResponse" | "DeleteIntegrationResponse" => one(format!(
            "{}. On the tab Integration response choose Create response, Edit or Delete; the method response status code is {}.",
            given.method(),
            given.text("statusCode")
        )),
        "CreateDeployment" => Some(deploy(given)),
        "UpdateDeployment" | "DeleteDeployment" => {
            one("The console cannot change or delete a deployment by itself: use the CLI or an SDK.".into())
        }
        "CreateStage" => one(format!(
            "In Stages, choose Create stage. Stage name: {}. Deployment: {}. Choose Create stage.",
            given.text("stageName"),
            given.deployment(given.text("deploymentId"))
        )),
        "DeleteStage" => one(format!(
            "In Stages, select {}, choose Stage actions, Delete stage, and type confirm.",
            given.text("stageName")
        )),
        "UpdateStage" => Some(given.patches().map(|(path, value)| change(given, path, value)).collect()),
        _ => None,
    }
}

fn deploy(given: &Given<'_>) -> Vec<String> {
    let stage = given.text("stageName");
    let exists = given.before.api(given.text("restApiId")).is_some_and(|api| api.stages.contains_key(stage));
    let target = match (stage, exists) {
        ("", _) => "Stage: *No stage*".to_owned(),
        (name, true) => format!("Stage: {name}"),
        (name, false) => format!("Stage: *New stage*. Stage name: {name}"),
    };
    let description = match given.text("description") {
        "" => String::new(),
        text => format!(" Deployment description: {text}."),
    };
    vec!["In Resources, choose Deploy API.".into(), format!("{target}.{description} Choose Deploy.")]
}

/// The step that changes one member of a stage.
fn change(given: &Given<'_>, path: &str, value: &str) -> String {
    let stage = given.text("stageName");
    match path.trim_start_matches('/').split('/').next().unwrap_or_default() {
        "deploymentId" => format!(
            "In Stages, select {stage}. On the tab Deployment history select {}, and choose Change active deployment.",
            given.deployment(value)
        ),
        "variables" => format!(
            "In Stages, select {stage}. On the tab Stage variables choose Manage variables, set {} and choose Save.",
            path.trim_start_matches("/variables/")
        ),
        "canarySettings" => {
            format!("In Stages, select {stage}. On the tab Canary choose Create, Edit, Promote or Delete canary.")
        }
        "accessLogSettings" | "tracingEnabled" => {
            format!("In Stages, select {stage}. Under Logs and tracing choose Edit, and Save changes.")
        }
        _ => format!("In Stages, select {stage}. Under Stage details choose Edit, change the field, and Save changes."),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::print;
    use crate::{control_plane::OPERATIONS, dialects::cli::parse_command, entities::Timestamp, env::Env, sample};
    use expect_test::{Expect, expect};

    fn check(line: &str, expected: Expect) {
        let session = sample::session(Env::new(7, Timestamp(0))).expect("the sample");
        let ws = session.present();
        let api = ws.rest_apis.values().next().expect("an API");
        let users =
            api.config.tree().into_iter().find(|(_, r)| api.config.path_of(&r.id) == "/users").expect("/users").1;
        let line = line.replace("API", api.id.as_str()).replace("USERS", users.id.as_str());
        let command = parse_command(&line).unwrap_or_else(|failure| panic!("{}", failure.text()));
        expected.assert_eq(&print(&command, ws).join("\n"));
    }

    #[test]
    fn steps_have_the_labels_of_the_console() {
        check(
            "aws apigateway create-rest-api --name Pets",
            expect![[r#"
            Open the API Gateway console.
            Choose Create API, and Build under REST API.
            Enter the API name Pets, and choose Create API."#]],
        );
        check(
            "aws apigateway create-resource --rest-api-id API --parent-id USERS --path-part x",
            expect![[r#"
            Open the API Gateway console and choose the API UsersAPI.
            In Resources, choose Create resource. Resource path: /users. Resource name: x. Choose Create resource."#]],
        );
        check(
            "aws apigateway create-deployment --rest-api-id API --stage-name dev --description first",
            expect![[r#"
            Open the API Gateway console and choose the API UsersAPI.
            In Resources, choose Deploy API.
            Stage: *New stage*. Stage name: dev. Deployment description: first. Choose Deploy."#]],
        );
        check(
            "aws apigateway update-stage --rest-api-id API --stage-name dev --patch-operations op=replace,path=/variables/a,value=b op=replace,path=/description,value=c",
            expect![[r#"
                Open the API Gateway console and choose the API UsersAPI.
                In Stages, select dev. On the tab Stage variables choose Manage variables, set a and choose Save.
                In Stages, select dev. Under Stage details choose Edit, change the field, and Save changes."#]],
        );
        check(
            "aws apigateway delete-method --rest-api-id API --resource-id USERS --http-method GET",
            expect![[r#"
            Open the API Gateway console and choose the API UsersAPI.
            In Resources, select GET below /users, choose Delete, and confirm."#]],
        );
    }

    #[test]
    fn every_operation_that_changes_something_has_a_page() {
        for row in OPERATIONS.iter().filter(|row| !row.is_read()) {
            assert!(super::PAGES.iter().any(|(part, _)| row.uri.contains(part)), "{} {}", row.name, row.uri);
        }
    }
}
