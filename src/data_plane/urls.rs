//! The URLs that a stage exposes, and a request as a `curl` line.

use super::Request;
use crate::{
    entities::{HttpMethod, PathPart, PathPartKind, ResourceId, RestApi, Stage, StageName, Workspace},
    text::{percent, shell},
};
use std::{fmt::Write as _, rc::Rc};

/// The beginning of every invoke URL.
pub const PROTOCOL: &str = "https://";

/// One method that a stage exposes, with its URL in parts: `PROTOCOL` + `host` + `/` + `stage` + `path`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvokeUrl {
    /// The resource of the snapshot; the working copy may know it no more.
    pub resource_id: ResourceId,
    /// The verb, or ANY.
    pub method: HttpMethod,
    /// The hostname.
    pub host: Rc<str>,
    /// The stage.
    pub stage: StageName,
    /// The resource's path with its variables; begins with `/`.
    pub path: Rc<str>,
}

impl InvokeUrl {
    /// Returns the URL as one text, path variables in braces.
    pub fn url(&self) -> String {
        [PROTOCOL, &self.host, "/", &self.stage, &self.path].concat()
    }

    /// Returns the same resource below another beginning, one of [`custom_bases`].
    pub fn below(&self, base: &str) -> String {
        [base, &self.path].concat()
    }

    /// Returns the names of the path's variables, in order.
    pub fn variables(&self) -> Vec<String> {
        let parts = self.path.split('/').filter_map(PathPart::parse);
        parts.filter_map(|part| part.variable().map(str::to_owned)).collect()
    }

    /// Returns the URL with values in the place of variables, escaped; a variable without a value stays as it is.
    pub fn filled(&self, value_of: impl Fn(&str) -> Option<String>) -> String {
        let mut out = [PROTOCOL, &self.host, "/", &self.stage].concat();
        for segment in self.path.split('/').skip(1) {
            out.push('/');
            let part = PathPart::parse(segment).filter(|part| part.kind() != PathPartKind::Static);
            let kind = part.as_ref().map(PathPart::kind);
            match part.as_ref().and_then(PathPart::variable).and_then(&value_of) {
                Some(value) => {
                    let kept: &[u8] =
                        if kind == Some(PathPartKind::Greedy) { b"-._~@:!$&*+,;=/" } else { b"-._~@:!$&*+,;=" };
                    out.push_str(&percent::encode_but(&value, kept));
                }
                None => out.push_str(segment),
            }
        }
        out
    }
}

/// Returns everything that a stage exposes, from the snapshot that it points at, in the order of the resource tree.
pub fn invoke_urls(ws: &Workspace, api: &RestApi, stage: &Stage) -> Vec<InvokeUrl> {
    let Some(deployment) = api.deployment_of(stage) else { return Vec::new() };
    let host: Rc<str> = ws.place.execute_api_host(&api.id).into();
    let config = &deployment.config;
    let mut out = Vec::with_capacity(config.method_count());
    for (_, resource) in config.tree() {
        if resource.methods.is_empty() {
            continue;
        }
        let path: Rc<str> = config.path_of(&resource.id).into();
        out.extend(resource.methods.keys().map(|method| InvokeUrl {
            resource_id: resource.id.clone(),
            method: *method,
            host: host.clone(),
            stage: stage.name.clone(),
            path: path.clone(),
        }));
    }
    out
}

/// Returns where else a stage answers: the beginnings of its URLs at custom domain names, such as `https://api.example.com/v1`. A
/// mapping that leaves the stage to the caller has it after the base path; a wildcard stands as it is.
pub fn custom_bases(ws: &Workspace, api: &str, stage: &str) -> Vec<String> {
    let mut out = Vec::new();
    for domain in ws.account.domain_names.values() {
        for mapping in domain.mappings.values().filter(|mapping| *mapping.rest_api_id == *api) {
            let named = mapping.stage.as_deref();
            if named.is_some_and(|named| named != stage) {
                continue;
            }
            let mut base = [PROTOCOL, &domain.name].concat();
            for segment in [mapping.segment(), if named.is_some() { "" } else { stage }] {
                if !segment.is_empty() {
                    base.push('/');
                    base.push_str(segment);
                }
            }
            out.push(base);
        }
    }
    out
}

/// Returns the hostname of such a beginning, and what follows its first slash.
pub fn base_parts(base: &str) -> (&str, &str) {
    let rest = base.strip_prefix(PROTOCOL).unwrap_or(base);
    rest.split_once('/').unwrap_or((rest, ""))
}

/// Returns a request as a line for a POSIX shell. curl's own defaults are overridden where they would change the request.
pub fn curl(request: &Request) -> String {
    let mut out = String::from("curl");
    let has_body = !request.body.is_empty();
    match request.method.as_str() {
        "GET" if !has_body => {}
        "HEAD" if !has_body => out.push_str(" --head"),
        verb => {
            let _ = write!(out, " -X {}", shell::word(verb));
        }
    }
    // curl would expand braces and brackets.
    if request.url.contains(['{', '[']) {
        out.push_str(" --globoff");
    }
    let _ = write!(out, " {}", shell::quoted(&request.url));
    for (name, value) in &request.headers {
        // curl reads `@name` as a file, and a header without a value is written with a semicolon.
        match (name.starts_with('@'), value.is_empty()) {
            (true, _) => {}
            (false, true) => {
                let _ = write!(out, " -H {}", shell::quoted(&format!("{name};")));
            }
            (false, false) => {
                let _ = write!(out, " -H {}", shell::quoted(&format!("{name}: {value}")));
            }
        }
    }
    if has_body {
        // Without this curl would announce a form.
        if request.header("content-type").is_none() {
            out.push_str(" -H 'Content-Type: application/json'");
        }
        let _ = write!(out, " --data-raw {}", shell::quoted(&request.body));
    }
    // No argument can hold one.
    out.replace('\0', "")
}
