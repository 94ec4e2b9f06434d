//! Third and fourth step: path and verb choose the method, and the router can say why each other candidate lost.
//!
//! At each level a static segment comes before `{name}`, which comes before `{name+}` (recorded). When the preferred
//! branch has nothing below it, or not the verb, the next branch is tried (recorded for `{name+}`, assumed for `{name}`).

use super::{GatewayResponseType, Halt, Outcome, Step, Trace};
use crate::entities::{ApiConfig, HttpMethod, Method, PathPart, PathPartKind, Resource, ResourceId};
use std::{fmt, rc::Rc};

/// The verdict on a resource whose path fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It answers, with this method.
    Chosen(HttpMethod),
    /// It could answer, but a more specific path does.
    LessSpecific,
    /// It has methods, but not this one.
    NoSuchMethod(Vec<HttpMethod>),
    /// It has no methods at all, so for a caller it does not exist.
    NoMethods,
}

/// A resource whose path fits the request's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The resource.
    pub resource_id: ResourceId,
    /// Its path, with variables.
    pub resource_path: String,
    /// The verdict on it.
    pub verdict: Verdict,
}

/// The resource that comes closest to a path that none fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closest {
    /// The resource.
    pub resource_id: ResourceId,
    /// Its path.
    pub resource_path: String,
    /// The first segment for which it has no child.
    pub unmatched: String,
}

/// The resources that fit the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathStep {
    /// The path without the stage.
    pub path: String,
    /// The resources whose path fits, the most specific first.
    pub candidates: Vec<Candidate>,
    /// The path variables of the one that was chosen.
    pub parameters: Vec<(String, String)>,
    /// The resource that comes closest when none fits.
    pub closest: Option<Closest>,
}

impl PathStep {
    /// Returns the candidate that answers; or, when none has the verb, the most specific one that has any.
    pub fn matched(&self) -> Option<&Candidate> {
        let chosen = self.candidates.iter().find(|c| matches!(c.verdict, Verdict::Chosen(_)));
        chosen.or_else(|| self.candidates.iter().find(|c| matches!(c.verdict, Verdict::NoSuchMethod(_))))
    }

    /// Returns how it went.
    pub fn outcome(&self) -> Outcome {
        if self.matched().is_some() { Outcome::Passed } else { Outcome::Failed }
    }
}

impl fmt::Display for PathStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(matched) = self.matched() {
            write!(f, "{} is the resource {}", self.path, matched.resource_path)?;
            for (at, (name, value)) in self.parameters.iter().enumerate() {
                write!(f, "{}{name} is {value:?}", if at == 0 { ", where " } else { " and " })?;
            }
            return f.write_str(".");
        }
        if let Some(empty) = self.candidates.first() {
            return write!(f, "The snapshot has the resource {}, but it has no methods.", empty.resource_path);
        }
        match &self.closest {
            Some(closest) if closest.resource_path != "/" => write!(
                f,
                "The snapshot has no resource for {}: below {} nothing fits {:?}.",
                self.path, closest.resource_path, closest.unmatched
            ),
            _ => write!(f, "The snapshot has no resource for {}.", self.path),
        }
    }
}

/// Whether the matched resource has the verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodStep {
    /// The verb that counts.
    pub asked: String,
    /// Whether it came from `X-HTTP-Method-Override`.
    pub overridden: bool,
    /// The method that answers, which may be ANY.
    pub found: Option<HttpMethod>,
    /// The methods that the resource has instead.
    pub instead: Vec<HttpMethod>,
}

impl MethodStep {
    /// Returns how it went.
    pub fn outcome(&self) -> Outcome {
        if self.found.is_some() { Outcome::Passed } else { Outcome::Failed }
    }
}

impl fmt::Display for MethodStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.overridden {
            f.write_str("X-HTTP-Method-Override replaces the verb. ")?;
        }
        match self.found {
            Some(HttpMethod::Any) => write!(f, "{} is answered by the method ANY.", self.asked),
            Some(_) => write!(f, "The resource has a method {}.", self.asked),
            None => {
                write!(f, "The resource has no method {}; it has ", self.asked)?;
                for (at, method) in self.instead.iter().enumerate() {
                    write!(f, "{}{method}", if at == 0 { "" } else { ", " })?;
                }
                f.write_str(".")?;
                if self.asked == "HEAD" && self.instead.contains(&HttpMethod::Get) {
                    f.write_str(" GET does not answer HEAD.")?;
                }
                if self
                    .instead
                    .iter()
                    .any(|method| method.as_str() != self.asked && method.as_str().eq_ignore_ascii_case(&self.asked))
                {
                    f.write_str(" Upper and lower case count.")?;
                }
                Ok(())
            }
        }
    }
}

/// The resource and method that path and verb chose.
pub(crate) struct Route<'c, 'p> {
    pub(crate) resource: &'c Rc<Resource>,
    pub(crate) resource_path: String,
    pub(crate) method: &'c Rc<Method>,
    /// Path variables as they were sent, escapes and all (recorded for proxy events).
    pub(crate) parameters: Vec<(&'c str, &'p str)>,
}

/// Chooses the method for a path (without stage) and a verb.
pub(crate) fn route<'c, 'p>(
    config: &'c ApiConfig,
    path: &'p str,
    verb: &str,
    overridden: bool,
    trace: &mut Trace,
) -> Result<Route<'c, 'p>, Halt> {
    let asked = HttpMethod::parse(verb).filter(|method| *method != HttpMethod::Any);
    let inner = inner_path(path);
    let mut search = Search { config, asked, candidates: Vec::with_capacity(2), chosen: None, deepest: None };
    search.run(inner);
    let chosen = search.chosen;
    let parameters = chosen.map(|(resource, _)| bind(config, resource, inner)).unwrap_or_default();
    let closest = if search.candidates.is_empty() { search.closest() } else { None };
    let step = PathStep {
        path: path.to_owned(),
        candidates: search.candidates,
        parameters: parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        closest,
    };
    let matched = step.matched().map(|candidate| (candidate.resource_path.clone(), candidate.verdict.clone()));
    trace.push(Step::Path(step));
    let Some((resource_path, verdict)) = matched else {
        return Err(GatewayResponseType::MissingAuthenticationToken.into());
    };
    let (found, instead) = match verdict {
        Verdict::Chosen(method) => (Some(method), Vec::new()),
        Verdict::NoSuchMethod(has) => (None, has),
        Verdict::LessSpecific | Verdict::NoMethods => (None, Vec::new()),
    };
    trace.push(Step::Method(MethodStep { asked: verb.to_owned(), overridden, found, instead }));
    let (resource, method) = chosen.ok_or(Halt::from(GatewayResponseType::MissingAuthenticationToken))?;
    Ok(Route { resource, resource_path, method, parameters })
}

/// Returns the path without the slash that begins it and the one that may end it (recorded: one trailing slash is ignored).
fn inner_path(path: &str) -> &str {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.strip_suffix('/').unwrap_or(path)
}

/// A walk over all resources that fit, the most specific first. Each resource is visited once at most.
struct Search<'c, 'p> {
    config: &'c ApiConfig,
    asked: Option<HttpMethod>,
    candidates: Vec<Candidate>,
    chosen: Option<(&'c Rc<Resource>, &'c Rc<Method>)>,
    /// The resource that took the most segments, how many, and what was left.
    deepest: Option<(usize, &'c Rc<Resource>, &'p str)>,
}

impl<'c, 'p> Search<'c, 'p> {
    fn run(&mut self, inner: &'p str) {
        let Some(root) = self.config.resource(self.config.root_id()) else { return };
        if inner.is_empty() {
            return self.consider(root);
        }
        // Resources still to try, with what is left of the path below each; the last is tried first.
        let mut open: Vec<(usize, &'c Rc<Resource>, Option<&'p str>)> = vec![(0, root, Some(inner))];
        while let Some((depth, resource, rest)) = open.pop() {
            let Some(rest) = rest else {
                self.consider(resource);
                continue;
            };
            if self.deepest.is_none_or(|(deepest, ..)| depth > deepest) {
                self.deepest = Some((depth, resource, rest));
            }
            let (segment, below) = rest.split_once('/').map_or((rest, None), |(segment, below)| (segment, Some(below)));
            if let Some(variable) = self.config.variable_child(&resource.id) {
                match variable.path_part().map(PathPart::kind) {
                    Some(PathPartKind::Greedy) => open.push((depth + 1, variable, None)),
                    // A variable takes one segment that is not empty (documented).
                    Some(PathPartKind::Variable) if !segment.is_empty() => open.push((depth + 1, variable, below)),
                    _ => {}
                }
            }
            if !segment.is_empty()
                && !segment.starts_with('{')
                && let Some(child) = self.config.child(&resource.id, segment)
            {
                open.push((depth + 1, child, below));
            }
        }
    }

    fn consider(&mut self, resource: &'c Rc<Resource>) {
        // On one resource the verb itself comes before ANY (documented), which answers the seven verbs and no other.
        let method = self.asked.and_then(|asked| resource.serving(asked));
        let verdict = match method {
            Some(_) if self.chosen.is_some() => Verdict::LessSpecific,
            Some(method) => {
                self.chosen = Some((resource, method));
                Verdict::Chosen(method.http_method)
            }
            None if resource.methods.is_empty() => Verdict::NoMethods,
            None => Verdict::NoSuchMethod(resource.methods.keys().copied().collect()),
        };
        let resource_path = self.config.path_of(&resource.id);
        self.candidates.push(Candidate { resource_id: resource.id.clone(), resource_path, verdict });
    }

    fn closest(&self) -> Option<Closest> {
        let (_, resource, rest) = self.deepest?;
        let unmatched = rest.split('/').next().unwrap_or_default().to_owned();
        Some(Closest { resource_id: resource.id.clone(), resource_path: self.config.path_of(&resource.id), unmatched })
    }
}

/// Returns the values of the variables in a resource's path, in order.
fn bind<'c, 'p>(config: &'c ApiConfig, resource: &'c Rc<Resource>, inner: &'p str) -> Vec<(&'c str, &'p str)> {
    let mut parts: Vec<&'c PathPart> = Vec::new();
    let mut at = Some(resource);
    while let Some((parent, part)) = at.and_then(|resource| resource.place.as_ref()) {
        parts.push(part);
        at = config.resource(parent);
    }
    let mut values = Vec::new();
    let mut rest = inner;
    for part in parts.iter().rev() {
        let (segment, below) = rest.split_once('/').unwrap_or((rest, ""));
        match (part.kind(), part.variable()) {
            (PathPartKind::Greedy, Some(name)) => values.push((name, rest)),
            (PathPartKind::Variable, Some(name)) => values.push((name, segment)),
            _ => {}
        }
        rest = below;
    }
    values
}
