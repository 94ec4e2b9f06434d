//! Screens of what an API has beside its resources and a deployment freezes with them, and of its documentation. What
//! may be done is decided in the engine.

mod authorizers;
mod documentation;
mod gateway_responses;
mod models;
mod tags;
mod test_log;
mod validators;

pub(super) use authorizers::{Authorizers, CreateAuthorizer, DeleteAuthorizerDialog};
pub(super) use documentation::{CreatePart, DeleteDocumentation, Documentation, about as about_part};
pub(super) use gateway_responses::{GatewayResponses, ResetGatewayResponse, title as gateway_response_title};
pub(super) use models::{CreateModel, DeleteModelDialog, Models};
pub(super) use tags::ApiTags;
pub(super) use test_log::TestLog;
pub(super) use validators::{
    CreateValidator, DeleteValidatorDialog, Validators, checks as validator_checks, name as validator_name,
};

use crate::entities::RestApi;
use crate::ui::{Same, use_selector};
use yew::{Properties, hook};

/// The props of a screen: what is selected on it.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct ScreenProps {
    /// The name of the thing in its place.
    pub(super) item: Option<String>,
}

/// The props of a dialog about one thing.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct ItemProps {
    /// The name of the thing in its place.
    pub(super) item: String,
}

/// Returns the API that is shown.
#[hook]
fn use_api() -> Option<Same<RestApi>> {
    use_selector(|state| state.api().map(Same::from))
}
