//! Backends that need no network: MOCK integrations, and the Lambda functions of authorizers as far as APIs of the workspace
//! play them.
//!
//! There are no functions in this playground. An API plays one when it is called `function:NAME`, as in the function's ARN, and
//! has a method `POST /` (or `ANY /`). Its working copy answers at once, as a function's code does; nobody is asked whether it
//! may be called. The event is the body of the request; the caller's own headers and query come along, and `type`, `methodArn` and
//! `authorizationToken` as headers, so that the response template of a MOCK integration sees them by `$input.params(…)`.

use super::{
    BackendAnswer, BackendCall, BackendFault, Backends, Call, Payload, Purpose, Reply, Request, Runtime, Trace,
    function,
    invoke::{Learned, integrate},
    router::Route,
};
use crate::{
    entities::{HttpMethod, IntegrationType, RestApi, Workspace},
    lenient_json,
};
use std::rc::Rc;

/// The backends within a workspace. Whatever is outside of it is not called.
#[derive(Clone, Copy, Debug)]
pub struct Local<'a>(&'a Workspace);

impl<'a> Local<'a> {
    /// Makes the backends of a workspace.
    pub fn of(ws: &'a Workspace) -> Self {
        Self(ws)
    }

    /// Returns the API that plays a function.
    fn player(self, name: &str) -> Option<&'a RestApi> {
        let plays = |api: &&Rc<RestApi>| api.config.settings.name.strip_prefix(function::PREFIX) == Some(name);
        self.0.rest_apis.values().find(plays).map(|api| &**api)
    }

    /// Lets an API answer in the place of a function.
    fn play(self, call: &BackendCall<'_>) -> Reply {
        let missing = Reply::Failed(BackendFault::NotCalled);
        let name = function::name_in(&call.url);
        let Some(api) = self.player(name) else { return missing };
        let Some(root) = api.config.resource(api.config.root_id()) else { return missing };
        let Some(method) = root.serving(HttpMethod::Post) else { return missing };
        let body = call.body.as_ref().map(|body| body.text().to_string()).unwrap_or_default();
        let request =
            Request { method: call.method.clone(), url: call.url.clone(), headers: call.headers.clone(), body };
        let origin = &call.origin;
        let inner = Call {
            request: &request,
            host: "",
            path: "/",
            whole_path: "/",
            query: call.url.split_once('?').map_or("", |(_, query)| query),
            place: &self.0.place,
            account: &self.0.account,
            api_id: &api.id,
            stage: &origin.stage,
            deployment_id: &origin.deployment_id,
            canary: None,
            variables: &origin.variables,
            learned: Learned::default(),
            rules: None,
            request_id: &origin.request_id,
            extended_request_id: &origin.extended_request_id,
            time: origin.time,
        };
        let route = Route { resource: root, resource_path: "/".into(), method, parameters: Vec::new() };
        // A player that needs a function itself plays none.
        match integrate(&api.config, &inner, &route, None, &mut Runtime::new(), &mut Mocks, &mut Trace::new()) {
            Ok(answer) => Reply::Answer(BackendAnswer {
                status: Some(answer.status),
                headers: answer.headers,
                body: Payload::Text(answer.body.into()),
                latency: 0,
            }),
            Err(_) => {
                let reason = format!("the API {}{name} fails to answer", function::PREFIX);
                Reply::Failed(BackendFault::Failed(reason))
            }
        }
    }
}

impl Backends for Local<'_> {
    fn call(&mut self, call: &BackendCall<'_>) -> Reply {
        match call.purpose {
            Purpose::Authorizer => self.play(call),
            Purpose::Integration(_) => Mocks.call(call),
        }
    }
}

/// MOCK integrations alone.
struct Mocks;

impl Backends for Mocks {
    fn call(&mut self, call: &BackendCall<'_>) -> Reply {
        if call.purpose != Purpose::Integration(IntegrationType::Mock) {
            return Reply::Failed(BackendFault::NotCalled);
        }
        // A request that is empty names no status, so the default integration response answers (recorded).
        let status = match &call.body {
            None => None,
            Some(body) => match lenient_json::mock_status_code(&body.text()) {
                Ok(status) => Some(status),
                Err(error) => return Reply::Failed(BackendFault::MockInput(error)),
            },
        };
        // Its answer is an empty text (reported).
        Reply::Answer(BackendAnswer { status, headers: Vec::new(), body: Payload::Text("".into()), latency: 0 })
    }
}
