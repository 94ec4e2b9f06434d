//! What the forms send: AWS's requests about one method, filled in. Nothing here decides what is allowed.

use crate::{
    collections::SortedMap,
    control_plane::{
        ApiError, Command, PatchOperation,
        integration_responses::UpdateIntegrationResponse,
        integrations::UpdateIntegration,
        method_responses::UpdateMethodResponse,
        methods::{PutMethod, UpdateMethod},
    },
    entities::{HttpMethod, Method, StatusCode},
    ui::{State, Store},
};
use std::rc::Rc;

/// Which method a form is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MethodAt {
    /// The API's id.
    pub api: String,
    /// The resource's id.
    pub resource: String,
    /// The verb.
    pub verb: HttpMethod,
}

impl MethodAt {
    /// The method, when it is there.
    pub(crate) fn find<'a>(&self, state: &'a State) -> Option<&'a Rc<Method>> {
        state.present().api(&self.api)?.config.method(&self.resource, self.verb)
    }

    /// An id for the document, unique on the page.
    pub(crate) fn dom_id(&self, field: &str) -> String {
        format!("{}-{}-{field}", self.resource, self.verb)
    }

    /// `UpdateMethod`.
    pub(crate) fn method(&self, patch: Vec<PatchOperation>) -> Command {
        let (rest_api_id, resource_id, http_method) = self.key();
        UpdateMethod { rest_api_id, resource_id, http_method, patch_operations: patch }.into()
    }

    /// `UpdateIntegration`.
    pub(crate) fn integration(&self, patch: Vec<PatchOperation>) -> Command {
        let (rest_api_id, resource_id, http_method) = self.key();
        UpdateIntegration { rest_api_id, resource_id, http_method, patch_operations: patch }.into()
    }

    /// `UpdateMethodResponse`.
    pub(crate) fn method_response(&self, status: StatusCode, patch: Vec<PatchOperation>) -> Command {
        let (rest_api_id, resource_id, http_method) = self.key();
        let status_code = status.to_string();
        UpdateMethodResponse { rest_api_id, resource_id, http_method, status_code, patch_operations: patch }.into()
    }

    /// `UpdateIntegrationResponse`.
    pub(crate) fn integration_response(&self, status: StatusCode, patch: Vec<PatchOperation>) -> Command {
        let (rest_api_id, resource_id, http_method) = self.key();
        let status_code = status.to_string();
        UpdateIntegrationResponse { rest_api_id, resource_id, http_method, status_code, patch_operations: patch }.into()
    }

    /// `PutMethod`, open to everybody, declaring these path variables.
    pub(crate) fn put_method(&self, variables: &[String]) -> Command {
        let (rest_api_id, resource_id, http_method) = self.key();
        let declared: SortedMap<String, bool> =
            variables.iter().map(|name| (format!("method.request.path.{name}"), true)).collect();
        PutMethod {
            rest_api_id,
            resource_id,
            http_method,
            authorization_type: "NONE".into(),
            request_parameters: (!declared.is_empty()).then_some(declared),
            ..PutMethod::default()
        }
        .into()
    }

    /// The members that every request about the method names.
    pub(crate) fn key(&self) -> (String, String, String) {
        (self.api.clone(), self.resource.clone(), self.verb.to_string())
    }
}

/// Sends one request as a step of its own.
pub(crate) fn send(store: &Store, command: Command) -> Result<(), ApiError> {
    store.execute(command).map(|_| ())
}

/// Sends several requests as one step: all of them or none.
pub(crate) fn send_all(store: &Store, commands: Vec<Command>) -> Result<(), ApiError> {
    store.transact(|transaction| {
        for command in commands {
            transaction.execute(command)?;
        }
        Ok(())
    })
}

/// The variables of a path, in order: `/users/{userId}` has `userId`.
pub(crate) fn variables(path: &str) -> Vec<String> {
    let parts = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    parts.map(|name| name.trim_end_matches('+').to_owned()).collect()
}
