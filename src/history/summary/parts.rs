//! Sentences about what an API has beside its resources.

use crate::{control_plane::Command, entities::Workspace};

/// The sentence of an operation on a model, a request validator, an authorizer or a gateway response.
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
        _ => return None,
    })
}

fn validator(ws: &Workspace, api: &str, id: &str) -> String {
    let found = ws.api(api).and_then(|api| api.config.parts.request_validators.get(id));
    found.and_then(|validator| validator.name.clone()).unwrap_or_else(|| id.to_owned())
}

fn authorizer(ws: &Workspace, api: &str, id: &str) -> String {
    let found = ws.api(api).and_then(|api| api.config.parts.authorizers.get(id));
    found.map_or_else(|| id.to_owned(), |authorizer| authorizer.name.clone())
}
