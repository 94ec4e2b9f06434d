//! Compares the answer of a URL with the one that the working copy would give there.

use super::{
    Backends, Before, Call, Request, Response, Runtime, Trace,
    invoke::{Reached, answer_from, is_edge, reach},
    response::{self, RequestIds},
};
use crate::entities::{ApiConfig, Workspace};

/// Two answers to one request: the stage's, and the one that the working copy would give if it were deployed there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The answer of the stage as it is now.
    pub stage: Response,
    /// The answer that it would give once the working copy was deployed to it.
    pub working_copy: Response,
}

impl Comparison {
    /// Tells whether the statuses differ.
    pub fn status_differs(&self) -> bool {
        self.stage.status != self.working_copy.status
    }

    /// Tells whether the bodies differ.
    pub fn body_differs(&self) -> bool {
        self.stage.body != self.working_copy.body
    }

    /// Tells whether the headers differ; the length does not count, since it follows from the body.
    pub fn headers_differ(&self) -> bool {
        let counts = |(name, _): &&(String, String)| !name.eq_ignore_ascii_case("content-length");
        self.stage.headers.iter().filter(counts).ne(self.working_copy.headers.iter().filter(counts))
    }

    /// Tells whether anything differs.
    pub fn differs(&self) -> bool {
        self.status_differs() || self.body_differs() || self.headers_differ()
    }
}

/// Compares what a URL answers with what the working copy would answer at the same URL, with the chance, ids, time and usage
/// of `before`: with those from before [`invoke`](super::invoke()), it is that call's deployment that is compared. `None` when the URL does not
/// reach a stage, or when a backend would have to be waited for. Nothing is counted.
pub fn would_answer(
    ws: &Workspace,
    runtime: &mut Runtime,
    request: &Request,
    before: &Before,
    backends: &mut dyn Backends,
) -> Option<Comparison> {
    let mut env = before.env.clone();
    let ids = RequestIds::draw(&mut env);
    let target = reach(ws, request, &mut Reached::default(), &mut env, &mut Trace::new()).ok()?;
    let after = runtime.meters.clone();
    let mut answer = |config: &ApiConfig| {
        let mut env = env.clone();
        runtime.meters = before.meters.clone();
        let call = Call { rules: None, ..target.call(ws, request, &ids, env.now()) };
        let answer = answer_from(config, &call, runtime, backends, &mut Trace::new());
        let edge = target.endpoint.custom.map_or_else(|| is_edge(config), |(domain, _)| domain.is_edge());
        call.learned.awaited.get().is_none().then(|| response::finish(answer, &request.method, edge, &ids, &mut env))
    };
    let compared = (answer(&target.at.deployment.config), answer(&target.endpoint.api.config));
    runtime.meters = after;
    let (Some(stage), Some(working_copy)) = compared else { return None };
    Some(Comparison { stage, working_copy })
}
