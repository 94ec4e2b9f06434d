//! The state that an operation works on: the next workspace in the making, and the environment.

use super::{
    error::{ApiError, Noun},
    payload::Payload,
};
use crate::{
    entities::{Account, ApiConfig, Edition, HttpMethod, Method, Resource, ResourceId, RestApi, Workspace},
    env::Env,
};
use std::rc::Rc;

/// The next workspace in the making. It is thrown away when the operation is refused.
pub(crate) struct World<'a> {
    pub(crate) workspace: Workspace,
    pub(crate) env: &'a mut Env,
    /// The answer's body, when that is no JSON.
    pub(crate) payload: Option<Payload>,
}

impl World<'_> {
    /// Tells whether the rules of an edition hold for the request.
    pub(crate) fn obeys(&self, edition: Edition) -> bool {
        self.env.edition() >= edition
    }

    /// Holds the request to a rule that began with an edition. Only for rules that nothing relies on; `Edition` says why.
    pub(crate) fn since(&self, edition: Edition, checked: Result<(), ApiError>) -> Result<(), ApiError> {
        if self.obeys(edition) { checked } else { Ok(()) }
    }

    /// Holds the request to a rule of the second edition.
    pub(crate) fn late(&self, checked: Result<(), ApiError>) -> Result<(), ApiError> {
        self.since(Edition::Second, checked)
    }

    /// Returns the error of the operations that look up an API by its id.
    pub(crate) fn unknown_api(&self, id: &str) -> ApiError {
        ApiError::UnknownApi { account: self.workspace.place.account_id.to_string(), api: id.to_owned() }
    }

    /// Finds an API, for operations that report an unknown API as such.
    pub(crate) fn api(&self, id: &str) -> Result<&Rc<RestApi>, ApiError> {
        self.workspace.rest_apis.get(id).ok_or_else(|| self.unknown_api(id))
    }

    /// Finds an API, to change it.
    pub(crate) fn api_mut(&mut self, id: &str) -> Result<&mut RestApi, ApiError> {
        let unknown = self.unknown_api(id);
        self.workspace.rest_apis.get_mut(id).map(Rc::make_mut).ok_or(unknown)
    }

    /// Returns the part of the account that is beside its APIs.
    pub(crate) fn account(&self) -> &Account {
        &self.workspace.account
    }

    /// Returns the part of the account that is beside its APIs, to change it.
    pub(crate) fn account_mut(&mut self) -> &mut Account {
        Rc::make_mut(&mut self.workspace.account)
    }

    /// Finds the working copy, for operations that report an unknown API as an unknown resource.
    pub(crate) fn config(&self, api: &str) -> Result<&Rc<ApiConfig>, ApiError> {
        self.workspace.rest_apis.get(api).map(|api| &api.config).ok_or(ApiError::Unknown(Noun::Resource))
    }

    /// Finds the working copy, to change it.
    pub(crate) fn config_mut(&mut self, api: &str) -> Result<&mut ApiConfig, ApiError> {
        let api = self.workspace.rest_apis.get_mut(api).map(Rc::make_mut).ok_or(ApiError::Unknown(Noun::Resource))?;
        Ok(Rc::make_mut(&mut api.config))
    }

    /// Finds a resource of the working copy.
    pub(crate) fn resource(&self, api: &str, id: &str) -> Result<&Rc<Resource>, ApiError> {
        self.config(api)?.resource(id).ok_or(ApiError::Unknown(Noun::Resource))
    }

    /// Finds a method of the working copy; an unknown verb is refused first.
    pub(crate) fn method(&self, api: &str, resource: &str, verb: &str) -> Result<&Rc<Method>, ApiError> {
        let resource = self.resource(api, resource)?;
        let verb = HttpMethod::parse(verb).ok_or(ApiError::Unknown(Noun::Method))?;
        resource.methods.get(&verb).ok_or(ApiError::Unknown(Noun::Method))
    }

    /// Changes a method of the working copy. The error of `edit` leaves a half-changed workspace that is thrown away.
    pub(crate) fn edit_method<T>(
        &mut self,
        api: &str,
        resource: &str,
        verb: &str,
        edit: impl FnOnce(&mut Method) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        self.resource(api, resource)?;
        let verb = HttpMethod::parse(verb).ok_or(ApiError::Unknown(Noun::Method))?;
        let config = self.config_mut(api)?;
        let edited = config.edit_methods(resource, |methods| {
            let method = methods.get_mut(&verb).ok_or(ApiError::Unknown(Noun::Method))?;
            edit(Rc::make_mut(method))
        });
        edited.unwrap_or(Err(ApiError::Unknown(Noun::Resource)))
    }

    /// Finds the typed id of a resource.
    pub(crate) fn resource_id(&self, api: &str, id: &str) -> Result<ResourceId, ApiError> {
        self.resource(api, id).map(|resource| resource.id.clone())
    }
}
