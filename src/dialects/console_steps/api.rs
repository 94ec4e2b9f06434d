//! The steps for an API: its settings, resources and methods, and what is made once and used by methods.

use super::given::{Given, short};

pub(super) fn steps(operation: &str, given: &Given<'_>) -> Option<Vec<String>> {
    let one = |text: String| Some(vec![text]);
    match operation {
        "CreateRestApi" => Some(vec![
            "Choose Create API, and Build under REST API.".into(),
            match given.text("cloneFrom") {
                "" => create_api(given, "Choose New API."),
                from => {
                    create_api(given, &format!("Choose Clone existing API. API to clone from: {}.", api(given, from)))
                }
            },
        ]),
        "UpdateRestApi" => {
            one(format!("Go to API settings, and choose Edit.{} Choose Save changes.", given.changes(SETTINGS)))
        }
        "DeleteRestApi" => one(format!(
            "In the list of APIs select {}, choose Delete, type confirm, and choose Delete.",
            given.api_name()
        )),
        "CreateResource" => one(format!(
            "In Resources, choose Create resource. Resource path: {}. Resource name: {}. Choose Create resource.",
            given.path("parentId"),
            short(given.text("pathPart"))
        )),
        "UpdateResource" => one("The console cannot rename or move a resource: use the CLI or an SDK.".into()),
        "DeleteResource" => {
            one(format!("In Resources, select {}, choose Delete, and confirm.", given.path("resourceId")))
        }
        _ => method(operation, given).or_else(|| part(operation, given)),
    }
}

fn api(given: &Given<'_>, id: &str) -> String {
    given.before.api(id).map_or_else(|| id.to_owned(), |api| short(&api.config.settings.name))
}

/// What the form of a new API has no field for is set afterwards.
fn create_api(given: &Given<'_>, first: &str) -> String {
    let form = given.fields(&[
        ("API name", "name"),
        ("Description", "description"),
        ("API endpoint type", "endpointConfiguration.types"),
        ("IP address type", "endpointConfiguration.ipAddressType"),
        ("VPC endpoint IDs", "endpointConfiguration.vpcEndpointIds"),
        ("Security policy", "securityPolicy"),
        ("Endpoint access mode", "endpointAccessMode"),
    ]);
    let later = given.fields(&[
        ("Binary media types", "binaryMediaTypes"),
        ("Minimum body size", "minimumCompressionSize"),
        ("API key source", "apiKeySource"),
        ("Resource policy", "policy"),
        ("Tags", "tags"),
    ]);
    let endpoint = match given.input.get("disableExecuteApiEndpoint").and_then(serde_json::Value::as_bool) {
        Some(true) => " Default endpoint: Inactive.",
        _ => "",
    };
    match format!("{later}{endpoint}").as_str() {
        "" => format!("{first}{form} Choose Create API."),
        later => format!(
            "{first}{form} Choose Create API. Then go to API settings, and choose Edit.{later} Choose Save changes."
        ),
    }
}

const SETTINGS: &[(&str, &str)] = &[
    ("name", "API name"),
    ("binaryMediaTypes", "Binary media types"),
    ("minimumCompressionSize", "Content encoding, minimum body size"),
    ("apiKeySource", "API key source"),
    ("policy", "Resource policy"),
    ("endpointConfiguration", "API endpoint type"),
    ("disableExecuteApiEndpoint", "Default endpoint, inactive"),
];

const METHOD: &[(&str, &str)] = &[
    ("Authorization", "authorizationType"),
    ("Authorizer", "authorizerId"),
    ("Authorization scopes", "authorizationScopes"),
    ("Request validator", "requestValidatorId"),
    ("API key required", "apiKeyRequired"),
    ("Operation name", "operationName"),
    ("Request parameters", "requestParameters"),
    ("Request body", "requestModels"),
];

const INTEGRATION: &[(&str, &str)] = &[
    ("HTTP method", "integrationHttpMethod"),
    ("Endpoint URL or function", "uri"),
    ("Connection", "connectionType"),
    ("VPC link", "connectionId"),
    ("Execution role", "credentials"),
    ("Request body passthrough", "passthroughBehavior"),
    ("Content handling", "contentHandling"),
    ("Integration timeout (ms)", "timeoutInMillis"),
    ("Response transfer mode", "responseTransferMode"),
    ("URL and header parameters", "requestParameters"),
    ("Mapping templates", "requestTemplates"),
    ("Cache key parameters", "cacheKeyParameters"),
];

fn method(operation: &str, given: &Given<'_>) -> Option<Vec<String>> {
    let one = |text: String| Some(vec![text]);
    // The method's place in the tree, and a card beside it.
    let at = format!("In Resources, select {} below {}", short(given.text("httpMethod")), given.path("resourceId"));
    let edit = |card: &str, what: String| one(format!("{at}. On the tab {card} choose Edit.{what} Choose Save."));
    let status = short(given.text("statusCode"));
    let response = |card: &str, button: &str, what: &str| {
        one(format!("{at}. On the tab {card} choose {button}.{what} Choose Save."))
    };
    let beside = format!("Edit beside {status}");
    let delete = |card: &str| one(format!("{at}. On the tab {card} choose Delete beside {status}, and confirm."));
    let method_response = given.fields(&[("Header names", "responseParameters"), ("Response body", "responseModels")]);
    let integration_response = given.fields(&[
        ("HTTP status regex", "selectionPattern"),
        ("Content handling", "contentHandling"),
        ("Header mappings", "responseParameters"),
        ("Mapping templates", "responseTemplates"),
    ]);
    match operation {
        "PutMethod" => Some(vec![
            format!(
                "In Resources, select {} and choose Create method. Method type: {}. Choose an integration type; the console makes method and integration in one.",
                given.path("resourceId"),
                short(given.text("httpMethod"))
            ),
            format!("Under Method request settings:{} Choose Create method.", given.fields(METHOD)),
        ]),
        "UpdateMethod" => edit("Method request", given.changes(&[])),
        "DeleteMethod" => one(format!("{at}, choose Delete, and confirm.")),
        "PutMethodResponse" => {
            response("Method response", "Create response", &format!(" HTTP status code: {status}.{method_response}"))
        }
        "UpdateMethodResponse" => response("Method response", &beside, &given.changes(&[])),
        "DeleteMethodResponse" => delete("Method response"),
        "PutIntegration" => {
            let kind = integration_type(given);
            edit("Integration request", format!(" Integration type: {kind}.{}", given.fields(INTEGRATION)))
        }
        "UpdateIntegration" => edit("Integration request", given.changes(&[("uri", "Endpoint URL or function")])),
        "DeleteIntegration" => {
            one("The console cannot take a method's integration away: edit it there, or use the CLI or an SDK.".into())
        }
        "PutIntegrationResponse" => response(
            "Integration response",
            "Create response",
            &format!(" Method response status code: {status}.{integration_response}"),
        ),
        "UpdateIntegrationResponse" => response("Integration response", &beside, &given.changes(&[])),
        "DeleteIntegrationResponse" => delete("Integration response"),
        "TestInvokeMethod" => one(format!(
            "{at}. On the tab Test:{} Choose Test.",
            given.fields(&[
                ("Path and query strings", "pathWithQueryString"),
                ("Headers", "headers"),
                ("Headers of several values", "multiValueHeaders"),
                ("Client certificate", "clientCertificateId"),
                ("Stage variables", "stageVariables"),
                ("Request body", "body"),
            ])
        )),
        _ => None,
    }
}

/// The console's name of an integration type.
fn integration_type(given: &Given<'_>) -> String {
    let lambda = given.text("uri").contains(":lambda:path/");
    match given.text("type") {
        "MOCK" => "Mock".into(),
        "HTTP" => "HTTP, HTTP proxy integration off".into(),
        "HTTP_PROXY" => "HTTP, HTTP proxy integration on".into(),
        "AWS" if lambda => "Lambda function, Lambda proxy integration off".into(),
        "AWS" => "AWS service".into(),
        "AWS_PROXY" => "Lambda function, Lambda proxy integration on".into(),
        other => short(other),
    }
}

fn part(operation: &str, given: &Given<'_>) -> Option<Vec<String>> {
    let one = |text: String| Some(vec![text]);
    let create = |page: &str, what: &str, fields: &[(&str, &str)]| {
        one(format!("Go to {page}, and choose Create {what}.{} Choose Create {what}.", given.fields(fields)))
    };
    let edit = |page: &str, name: &str| {
        one(format!("Go to {page}, select {name}, and choose Edit.{} Choose Save changes.", given.changes(&[])))
    };
    let delete = |page: &str, name: &str| one(format!("Go to {page}, select {name}, choose Delete, and confirm."));
    let parts = given.before.api(given.text("restApiId")).map(|api| &api.config.parts);
    let authorizer = {
        let id = given.text("authorizerId");
        let found = parts.and_then(|parts| parts.authorizers.values().find(|authorizer| &*authorizer.id == id));
        found.map_or_else(|| id.to_owned(), |authorizer| short(&authorizer.name))
    };
    let model = short(given.text("modelName"));
    let kind = short(given.text("responseType"));
    match operation {
        "CreateModel" => create(
            "Models",
            "model",
            &[
                ("Name", "name"),
                ("Content type", "contentType"),
                ("Description", "description"),
                ("Model schema", "schema"),
            ],
        ),
        "UpdateModel" => edit("Models", &model),
        "DeleteModel" => delete("Models", &model),
        "CreateRequestValidator" => one(format!(
            "The console makes a validator when a method asks for one: in Resources, on the tab Method request of the method, choose Edit. Request validator: {}. Choose Save.",
            validates(given)
        )),
        "UpdateRequestValidator" | "DeleteRequestValidator" => {
            one("The console cannot change or delete a request validator: use the CLI or an SDK.".into())
        }
        "CreateAuthorizer" => create(
            "Authorizers",
            "authorizer",
            &[
                ("Authorizer name", "name"),
                ("Authorizer type", "type"),
                ("Lambda function", "authorizerUri"),
                ("Lambda invoke role", "authorizerCredentials"),
                ("Cognito user pools", "providerARNs"),
                ("Token source or identity sources", "identitySource"),
                ("Token validation", "identityValidationExpression"),
                ("Authorization caching, TTL (seconds)", "authorizerResultTtlInSeconds"),
            ],
        ),
        "UpdateAuthorizer" => edit("Authorizers", &authorizer),
        "DeleteAuthorizer" => delete("Authorizers", &authorizer),
        "TestInvokeAuthorizer" => one(format!(
            "Go to Authorizers, and choose {authorizer}. Under Test authorizer:{} Choose Test authorizer.",
            given.fields(&[
                ("Path and query strings", "pathWithQueryString"),
                ("Headers", "headers"),
                ("Headers of several values", "multiValueHeaders"),
                ("Stage variables", "stageVariables"),
                ("Context", "additionalContext"),
                ("Request body", "body"),
            ])
        )),
        "PutGatewayResponse" => one(format!(
            "Go to Gateway responses, select {kind}, and choose Edit.{} Choose Save changes.",
            given.fields(&[
                ("Status code", "statusCode"),
                ("Response headers", "responseParameters"),
                ("Response templates", "responseTemplates"),
            ])
        )),
        "UpdateGatewayResponse" => edit("Gateway responses", &kind),
        "DeleteGatewayResponse" => {
            one(format!("Go to Gateway responses, select {kind}, choose Reset to default, and confirm."))
        }
        _ => documentation(operation, given),
    }
}

/// Which of the console's validators it is.
fn validates(given: &Given<'_>) -> &'static str {
    let on = |member: &str| given.input.get(member).and_then(serde_json::Value::as_bool).unwrap_or_default();
    match (on("validateRequestBody"), on("validateRequestParameters")) {
        (true, true) => "Validate body, query string parameters, and headers",
        (true, false) => "Validate body",
        (false, true) => "Validate query string parameters and headers",
        (false, false) => "None",
    }
}

fn documentation(operation: &str, given: &Given<'_>) -> Option<Vec<String>> {
    let one = |text: String| Some(vec![text]);
    let part = short(given.text("documentationPartId"));
    let version = short(given.text("documentationVersion"));
    match operation {
        "CreateDocumentationPart" => one(format!(
            "Go to Documentation, and choose Create documentation part.{} Choose Create documentation part.",
            given.fields(&[
                ("Documentation type", "location.type"),
                ("Path", "location.path"),
                ("Method", "location.method"),
                ("Status code", "location.statusCode"),
                ("Name", "location.name"),
                ("Documentation", "properties"),
            ])
        )),
        "UpdateDocumentationPart" => one(format!(
            "Go to Documentation, select the part {part}, and choose Edit.{} Choose Save changes.",
            given.changes(&[("properties", "Documentation")])
        )),
        "DeleteDocumentationPart" => {
            one(format!("Go to Documentation, select the part {part}, choose Delete, and confirm."))
        }
        "ImportDocumentationParts" => one(format!(
            "Go to Documentation, and choose Import.{} Choose the file, and Import.",
            given.fields(&[("Import mode", "mode"), ("Fail on warnings", "failOnWarnings")])
        )),
        "CreateDocumentationVersion" => one(format!(
            "Go to Documentation, and choose Publish documentation.{} Choose Publish.",
            given.fields(&[
                ("Stage", "stageName"),
                ("Version", "documentationVersion"),
                ("Description", "description")
            ])
        )),
        "UpdateDocumentationVersion" | "DeleteDocumentationVersion" => one(format!(
            "The console cannot change or delete the documentation version {version}: use the CLI or an SDK."
        )),
        _ => None,
    }
}
