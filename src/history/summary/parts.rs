//! Sentences about what an API has beside its resources, and about VPC links.

use crate::{
    control_plane::{Command, documentation_parts::LocationInput},
    entities::Workspace,
};

/// Returns the sentence of an operation on a model, a request validator, an authorizer or a gateway response.
pub(super) fn summary(command: &Command, before: &Workspace, after: &Workspace) -> Option<String> {
    Some(match command {
        Command::CreateModel(c) => format!("Created the model {}", c.name),
        Command::UpdateModel(c) => format!("Changed the model {}", c.model_name),
        Command::DeleteModel(c) => format!("Deleted the model {}", c.model_name),
        Command::CreateRequestValidator(c) => {
            format!("Created the request validator {}", c.name.as_deref().unwrap_or("without a name"))
        }
        Command::UpdateRequestValidator(c) => {
            format!("Changed the request validator {}", validator(after, &c.rest_api_id, &c.request_validator_id))
        }
        Command::DeleteRequestValidator(c) => {
            format!("Deleted the request validator {}", validator(before, &c.rest_api_id, &c.request_validator_id))
        }
        Command::CreateAuthorizer(c) => format!("Created the authorizer {}", c.name),
        Command::UpdateAuthorizer(c) => {
            format!("Changed the authorizer {}", authorizer(after, &c.rest_api_id, &c.authorizer_id))
        }
        Command::DeleteAuthorizer(c) => {
            format!("Deleted the authorizer {}", authorizer(before, &c.rest_api_id, &c.authorizer_id))
        }
        Command::PutGatewayResponse(c) => format!("Shaped the gateway response {}", c.response_type),
        Command::UpdateGatewayResponse(c) => format!("Changed the gateway response {}", c.response_type),
        Command::DeleteGatewayResponse(c) => format!("Gave the gateway response {} its default back", c.response_type),
        Command::CreateDocumentationPart(c) => format!("Documented {}", place(&c.location)),
        Command::UpdateDocumentationPart(_) => "Changed a documentation part".to_owned(),
        Command::DeleteDocumentationPart(_) => "Deleted a documentation part".to_owned(),
        Command::ImportDocumentationParts(_) => "Imported documentation parts".to_owned(),
        Command::CreateDocumentationVersion(c) => match c.stage_name.as_deref().filter(|stage| !stage.is_empty()) {
            Some(stage) => format!("Made documentation version {} for {stage}", c.documentation_version),
            None => format!("Made documentation version {}", c.documentation_version),
        },
        Command::UpdateDocumentationVersion(c) => {
            format!("Described documentation version {}", c.documentation_version)
        }
        Command::DeleteDocumentationVersion(c) => format!("Deleted documentation version {}", c.documentation_version),
        Command::CreateVpcLink(c) => format!("Created the VPC link {}", c.name),
        Command::UpdateVpcLink(c) => format!("Changed the VPC link {}", vpc_link(after, &c.vpc_link_id)),
        Command::DeleteVpcLink(c) => format!("Deleted the VPC link {}", vpc_link(before, &c.vpc_link_id)),
        _ => return None,
    })
}

/// Names a place: `METHOD GET /users`.
fn place(location: &LocationInput) -> String {
    let members = [&location.method, &location.path, &location.status_code, &location.name];
    members
        .iter()
        .filter_map(|member| member.as_deref())
        .fold(location.location_type.clone(), |out, member| [&out, " ", member].concat())
}

fn vpc_link(ws: &Workspace, id: &str) -> String {
    ws.account.vpc_links.get(id).map_or_else(|| id.to_owned(), |link| link.name.clone())
}

fn validator(ws: &Workspace, api: &str, id: &str) -> String {
    let found = ws.api(api).and_then(|api| api.config.parts.request_validators.get(id));
    found.and_then(|validator| validator.name.clone()).unwrap_or_else(|| id.to_owned())
}

fn authorizer(ws: &Workspace, api: &str, id: &str) -> String {
    let found = ws.api(api).and_then(|api| api.config.parts.authorizers.get(id));
    found.map_or_else(|| id.to_owned(), |authorizer| authorizer.name.clone())
}
