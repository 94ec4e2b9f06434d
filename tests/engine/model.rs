//! The essentials of a workspace in the most naive form: deep copies, no index, no sharing. It says what each request must do.

use stagecraft::{
    collections::SortedMap,
    control_plane::{Command, PatchOperation, canaries::DeploymentCanarySettings},
    entities::{ApiConfig, VariableName, VariableValue, Workspace},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// A method: its declared responses, and its integration's kind with the templates by status.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Method {
    authorization: String,
    responses: BTreeSet<String>,
    integration: Option<(String, BTreeMap<String, Option<String>>)>,
}

/// A resource: parent and path part (none for the root), methods by verb.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Resource {
    place: Option<(String, String)>,
    methods: BTreeMap<String, Method>,
}

/// A tree of resources by id.
pub(crate) type Tree = BTreeMap<String, Resource>;

/// A deployment: a deep copy of the tree.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Deployment {
    pub(crate) number: u32,
    description: Option<String>,
    pub(crate) tree: Tree,
}

/// A stage.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Stage {
    pub(crate) deployment: String,
    description: Option<String>,
    pub(crate) variables: BTreeMap<String, String>,
    pub(crate) canary: Option<Canary>,
    certificate: Option<String>,
}

/// A canary.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Canary {
    pub(crate) deployment: String,
    percent: f64,
    overrides: BTreeMap<String, String>,
}

/// An API.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Api {
    name: String,
    pub(crate) tree: Tree,
    pub(crate) deployments: BTreeMap<String, Deployment>,
    pub(crate) stages: BTreeMap<String, Stage>,
    next: u32,
}

/// A workspace: its APIs, and its client certificates.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Model(pub(crate) BTreeMap<String, Api>, BTreeSet<String>);

/// A request that must be refused.
#[derive(Debug, PartialEq)]
pub(crate) struct Refused;

impl Model {
    /// Returns what a workspace is in this form.
    pub(crate) fn of(workspace: &Workspace) -> Self {
        let api = |api: &stagecraft::entities::RestApi| Api {
            name: api.config.settings.name.clone(),
            tree: tree(&api.config),
            deployments: api
                .deployments
                .iter()
                .map(|(id, d)| {
                    let (number, description) = (d.number, d.description.clone());
                    (id.to_string(), Deployment { number, description, tree: tree(&d.config) })
                })
                .collect(),
            stages: api.stages.iter().map(|(name, s)| (name.to_string(), stage(s))).collect(),
            next: api.next_deployment_number,
        };
        let certificates = workspace.account.client_certificates.keys().map(ToString::to_string).collect();
        Self(workspace.rest_apis.iter().map(|(id, a)| (id.to_string(), api(a))).collect(), certificates)
    }

    /// Returns what a request makes of it, with the ids that were minted for it.
    pub(crate) fn after(&self, command: &Command, ids: &[Rc<str>]) -> Result<Self, Refused> {
        let mut next = self.clone();
        next.apply(command, ids)?;
        Ok(next)
    }

    fn api(&mut self, id: &str) -> Result<&mut Api, Refused> {
        self.0.get_mut(id).ok_or(Refused)
    }

    fn method(&mut self, api: &str, resource: &str, verb: &str) -> Result<&mut Method, Refused> {
        self.api(api)?.tree.get_mut(resource).ok_or(Refused)?.methods.get_mut(verb).ok_or(Refused)
    }

    fn apply(&mut self, command: &Command, ids: &[Rc<str>]) -> Result<(), Refused> {
        let id = |at: usize| ids.get(at).map_or_else(|| format!("id-{at}"), ToString::to_string);
        match command {
            Command::CreateRestApi(c) => {
                demand(!c.name.is_empty())?;
                let tree = BTreeMap::from([(id(1), Resource::default())]);
                self.0.insert(id(0), Api { name: c.name.clone(), tree, next: 1, ..Api::default() });
            }
            Command::DeleteRestApi(c) => self.0.remove(&c.rest_api_id).map(|_| ()).ok_or(Refused)?,
            Command::CreateResource(c) => {
                let tree = &mut self.api(&c.rest_api_id)?.tree;
                may_stand(tree, &c.parent_id, &c.path_part, None)?;
                let place = Some((c.parent_id.clone(), c.path_part.clone()));
                tree.insert(id(0), Resource { place, ..Resource::default() });
            }
            Command::UpdateResource(c) => {
                let tree = &mut self.api(&c.rest_api_id)?.tree;
                c.patch_operations.iter().try_for_each(|patch| move_resource(tree, &c.resource_id, patch))?;
                demand(tree.contains_key(&c.resource_id))?;
            }
            Command::DeleteResource(c) => {
                let tree = &mut self.api(&c.rest_api_id)?.tree;
                demand(tree.get(&c.resource_id).ok_or(Refused)?.place.is_some())?;
                let doomed: Vec<String> =
                    tree.keys().filter(|id| is_within(tree, id, &c.resource_id)).cloned().collect();
                doomed.iter().for_each(|id| drop(tree.remove(id)));
            }
            Command::PutMethod(c) => {
                let resource = self.api(&c.rest_api_id)?.tree.get_mut(&c.resource_id).ok_or(Refused)?;
                let verbs = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY"];
                let authorization = c.authorization_type.to_uppercase();
                demand(verbs.contains(&c.http_method.as_str()) && !resource.methods.contains_key(&c.http_method))?;
                demand(["NONE", "AWS_IAM"].contains(&authorization.as_str()))?;
                resource.methods.insert(c.http_method.clone(), Method { authorization, ..Method::default() });
            }
            Command::DeleteMethod(c) => {
                let resource = self.api(&c.rest_api_id)?.tree.get_mut(&c.resource_id).ok_or(Refused)?;
                resource.methods.remove(&c.http_method).map(|_| ()).ok_or(Refused)?;
            }
            Command::PutMethodResponse(c) => {
                demand(is_status(&c.status_code))?;
                let method = self.method(&c.rest_api_id, &c.resource_id, &c.http_method)?;
                demand(method.responses.insert(c.status_code.clone()))?;
            }
            Command::DeleteMethodResponse(c) => {
                let method = self.method(&c.rest_api_id, &c.resource_id, &c.http_method)?;
                demand(method.responses.remove(&c.status_code))?;
            }
            Command::PutIntegration(c) => {
                let method = self.method(&c.rest_api_id, &c.resource_id, &c.http_method)?;
                let whole =
                    c.integration_http_method.is_some() && c.uri.as_ref().is_some_and(|u| u.starts_with("http"));
                demand(c.integration_type == "MOCK" || (c.integration_type == "HTTP" && whole))?;
                method.integration = Some((c.integration_type.clone(), BTreeMap::new()));
            }
            Command::DeleteIntegration(c) => {
                let method = self.method(&c.rest_api_id, &c.resource_id, &c.http_method)?;
                method.integration.take().map(|_| ()).ok_or(Refused)?;
            }
            Command::PutIntegrationResponse(c) => {
                demand(is_status(&c.status_code))?;
                let method = self.method(&c.rest_api_id, &c.resource_id, &c.http_method)?;
                let (_, responses) = method.integration.as_mut().ok_or(Refused)?;
                let template = c.response_templates.iter().flatten().next().and_then(|(_, text)| text.clone());
                responses.insert(c.status_code.clone(), template.filter(|text| !text.is_empty()));
            }
            Command::DeleteIntegrationResponse(c) => {
                let method = self.method(&c.rest_api_id, &c.resource_id, &c.http_method)?;
                let (_, responses) = method.integration.as_mut().ok_or(Refused)?;
                responses.remove(&c.status_code).map(|_| ()).ok_or(Refused)?;
            }
            _ => self.apply_to_stages(command, ids)?,
        }
        Ok(())
    }

    fn apply_to_stages(&mut self, command: &Command, ids: &[Rc<str>]) -> Result<(), Refused> {
        match command {
            Command::CreateDeployment(c) => {
                let api = self.api(&c.rest_api_id)?;
                let methods: Vec<&Method> = api.tree.values().flat_map(|r| r.methods.values()).collect();
                demand(!methods.is_empty() && methods.iter().all(|method| method.integration.is_some()))?;
                demand(is_size(c.cache_cluster_size.as_ref()))?;
                let id = ids.first().map_or_else(String::new, ToString::to_string);
                let description = c.description.clone().filter(|text| !text.is_empty());
                let deployment = Deployment { number: api.next, description, tree: api.tree.clone() };
                api.next += 1;
                api.deployments.insert(id.clone(), deployment);
                let Some(name) = c.stage_name.as_ref().filter(|name| !name.is_empty()) else {
                    return demand(c.canary_settings.is_none());
                };
                demand(is_stage_name(name) && (api.stages.contains_key(name) || api.stages.len() < 10))?;
                let is_new = !api.stages.contains_key(name);
                let stage = api.stages.entry(name.clone()).or_default();
                match &c.canary_settings {
                    Some(settings) => {
                        demand(!is_new)?;
                        stage.canary = Some(canary(id, settings)?);
                    }
                    None => {
                        demand(stage.canary.is_none())?;
                        stage.deployment = id;
                    }
                }
                if c.stage_description.is_some() {
                    stage.description = c.stage_description.clone().filter(|text| !text.is_empty());
                }
                if let Some(variables) = &c.variables {
                    demand(variables.iter().all(|(name, value)| is_variable(name, value)))?;
                    stage.variables = variables.clone().into_iter().collect();
                }
            }
            Command::UpdateDeployment(c) => {
                let api = self.api(&c.rest_api_id)?;
                let deployment = api.deployments.get_mut(&c.deployment_id).ok_or(Refused)?;
                for patch in &c.patch_operations {
                    demand(patch.op == "replace" && patch.path.as_deref() == Some("/description"))?;
                    deployment.description = patch.value.clone().filter(|text| !text.is_empty());
                }
            }
            Command::DeleteDeployment(c) => {
                let api = self.api(&c.rest_api_id)?;
                let canary = |stage: &Stage| stage.canary.as_ref().is_some_and(|c2| c2.deployment == c.deployment_id);
                demand(api.stages.values().all(|stage| stage.deployment != c.deployment_id && !canary(stage)))?;
                api.deployments.remove(&c.deployment_id).map(|_| ()).ok_or(Refused)?;
            }
            Command::CreateStage(c) => {
                let api = self.api(&c.rest_api_id)?;
                let variables: BTreeMap<String, String> = c.variables.clone().unwrap_or_default().into_iter().collect();
                demand(is_stage_name(&c.stage_name) && !api.stages.contains_key(&c.stage_name))?;
                demand(variables.iter().all(|(name, value)| is_variable(name, value)))?;
                demand(api.deployments.contains_key(&c.deployment_id) && api.stages.len() < 10)?;
                let description = c.description.clone().filter(|text| !text.is_empty());
                demand(is_size(c.cache_cluster_size.as_ref()))?;
                let deployment = c.deployment_id.clone();
                let canary = c.canary_settings.as_ref().map(|given| {
                    let id = given.deployment_id.clone().unwrap_or_else(|| deployment.clone());
                    demand(api.deployments.contains_key(&id))?;
                    canary(id, &given.settings)
                });
                let stage =
                    Stage { deployment, description, variables, canary: canary.transpose()?, certificate: None };
                api.stages.insert(c.stage_name.clone(), stage);
            }
            Command::UpdateStage(c) => {
                let certificates = self.1.clone();
                let api = self.api(&c.rest_api_id)?;
                let mut stage = api.stages.get(&c.stage_name).ok_or(Refused)?.clone();
                c.patch_operations.iter().try_for_each(|patch| patch_stage(api, &certificates, &mut stage, patch))?;
                api.stages.insert(c.stage_name.clone(), stage);
            }
            Command::DeleteStage(c) => {
                self.api(&c.rest_api_id)?.stages.remove(&c.stage_name).map(|_| ()).ok_or(Refused)?;
            }
            Command::FlushStageCache(c) => {
                demand(self.api(&c.rest_api_id)?.stages.contains_key(&c.stage_name))?;
            }
            Command::GenerateClientCertificate(_) => {
                demand(self.1.len() < 60)?;
                self.1.insert(ids.first().map_or_else(String::new, ToString::to_string));
            }
            Command::DeleteClientCertificate(c) => {
                let mut stages = self.0.values().flat_map(|api| api.stages.values());
                demand(stages.all(|stage| stage.certificate.as_ref() != Some(&c.client_certificate_id)))?;
                demand(self.1.remove(&c.client_certificate_id))?;
            }
            other => panic!("the model does not know {}", other.name()),
        }
        Ok(())
    }
}

/// Returns the tree of a configuration in this form.
pub(crate) fn tree(config: &ApiConfig) -> Tree {
    let method = |method: &stagecraft::entities::Method| Method {
        authorization: method.authorization_type.as_str().into(),
        responses: method.responses.keys().map(ToString::to_string).collect(),
        integration: method.integration.as_ref().map(|i| {
            let template = |r: &stagecraft::entities::IntegrationResponse| {
                r.response_templates.values().next().cloned().unwrap_or_default()
            };
            (i.kind.as_str().to_owned(), i.responses.iter().map(|(s, r)| (s.to_string(), template(r))).collect())
        }),
    };
    let resource = |r: &stagecraft::entities::Resource| Resource {
        place: r.place.as_ref().map(|(parent, part)| (parent.to_string(), part.to_string())),
        methods: r.methods.iter().map(|(verb, m)| (verb.to_string(), method(m))).collect(),
    };
    config.resources().iter().map(|(id, r)| (id.to_string(), resource(r))).collect()
}

/// Returns the path of a resource, by following its parents.
pub(crate) fn path(tree: &Tree, id: &str) -> String {
    match tree.get(id).and_then(|resource| resource.place.as_ref()) {
        Some((parent, part)) => format!("{}/{part}", path(tree, parent).trim_end_matches('/')),
        None => "/".into(),
    }
}

/// Returns the ids of the children of a resource.
pub(crate) fn children<'a>(tree: &'a Tree, parent: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    tree.iter().filter_map(move |(id, resource)| match &resource.place {
        Some((of, part)) if of == parent => Some((id.as_str(), part.as_str())),
        _ => None,
    })
}

/// Returns how many methods a tree has, and how many of them have no integration.
pub(crate) fn counts(tree: &Tree) -> (usize, usize) {
    let methods: Vec<&Method> = tree.values().flat_map(|resource| resource.methods.values()).collect();
    (methods.len(), methods.iter().filter(|method| method.integration.is_none()).count())
}

fn demand(condition: bool) -> Result<(), Refused> {
    if condition { Ok(()) } else { Err(Refused) }
}

fn is_within(tree: &Tree, id: &str, ancestor: &str) -> bool {
    let parent = tree.get(id).and_then(|resource| resource.place.as_ref());
    id == ancestor || parent.is_some_and(|(parent, _)| is_within(tree, parent, ancestor))
}

fn is_status(text: &str) -> bool {
    text.parse::<u16>().is_ok_and(|number| (100..600).contains(&number) && text == number.to_string())
}

fn is_stage_name(text: &str) -> bool {
    (1..=128).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
}

fn is_variable(name: &str, value: &str) -> bool {
    let plain = |text: &str, more: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    plain(name, "_") && plain(value, "-._~:/?#&=,") && name.len() <= 64 && value.len() <= 512
}

fn is_variable_part(part: &str) -> bool {
    part.starts_with('{')
}

fn may_stand(tree: &Tree, parent: &str, part: &str, moved: Option<&str>) -> Result<(), Refused> {
    let name = part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).map(|n| n.strip_suffix('+').unwrap_or(n));
    let name = name.unwrap_or(part);
    demand(!name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "._-:".contains(c)))?;
    let above = tree.get(parent).ok_or(Refused)?;
    demand(!above.place.as_ref().is_some_and(|(_, part)| part.ends_with("+}")))?;
    demand(!moved.is_some_and(|id| is_within(tree, parent, id)))?;
    demand(!(part.ends_with("+}") && moved.is_some_and(|id| children(tree, id).next().is_some())))?;
    let taken = |other: &str| other == part || (is_variable_part(other) && is_variable_part(part));
    demand(!children(tree, parent).any(|(id, other)| Some(id) != moved && taken(other)))
}

fn move_resource(tree: &mut Tree, id: &str, patch: &PatchOperation) -> Result<(), Refused> {
    let (parent, part) = tree.get(id).ok_or(Refused)?.place.clone().ok_or(Refused)?;
    let value = patch.value.clone().unwrap_or_default();
    let place = match (patch.op.as_str(), patch.path.as_deref()) {
        ("replace", Some("/pathPart")) => (parent, value),
        ("replace", Some("/parentId")) => (value, part),
        _ => return Err(Refused),
    };
    may_stand(tree, &place.0, &place.1, Some(id))?;
    tree.get_mut(id).ok_or(Refused)?.place = Some(place);
    Ok(())
}

fn is_size(size: Option<&String>) -> bool {
    size.is_none_or(|size| ["0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"].contains(&size.as_str()))
}

fn stage(stage: &stagecraft::entities::Stage) -> Stage {
    let texts = |variables: &SortedMap<VariableName, VariableValue>| {
        variables.iter().map(|(n, v)| (n.as_str().into(), v.as_str().into())).collect()
    };
    Stage {
        deployment: stage.deployment_id.to_string(),
        description: stage.description.clone(),
        variables: texts(&stage.variables),
        canary: stage.canary.as_ref().map(|canary| Canary {
            deployment: canary.deployment_id.to_string(),
            percent: canary.percent_traffic.get(),
            overrides: texts(&canary.stage_variable_overrides),
        }),
        certificate: stage.client_certificate_id.as_ref().map(ToString::to_string),
    }
}

fn canary(deployment: String, given: &DeploymentCanarySettings) -> Result<Canary, Refused> {
    let percent = given.percent_traffic.unwrap_or(0.0);
    let overrides: BTreeMap<String, String> =
        given.stage_variable_overrides.clone().unwrap_or_default().into_iter().collect();
    demand((0.0..=100.0).contains(&percent))?;
    demand(overrides.iter().all(|(name, value)| is_variable(name, value)))?;
    Ok(Canary { deployment, percent, overrides })
}

fn patch_stage(
    api: &Api,
    certificates: &BTreeSet<String>,
    stage: &mut Stage,
    patch: &PatchOperation,
) -> Result<(), Refused> {
    let value = patch.value.clone().unwrap_or_default();
    let path = patch.path.as_deref().unwrap_or_default();
    match (patch.op.as_str(), path) {
        ("remove", "/canarySettings") => stage.canary = None,
        ("copy", "/deploymentId") => stage.deployment = stage.canary.as_ref().ok_or(Refused)?.deployment.clone(),
        ("copy", "/variables") => stage.variables.extend(stage.canary.as_ref().ok_or(Refused)?.overrides.clone()),
        ("replace", "/description") => stage.description = Some(value).filter(|text| !text.is_empty()),
        ("replace", "/clientCertificateId") => {
            demand(certificates.contains(&value))?;
            stage.certificate = Some(value);
        }
        ("replace", "/cacheClusterEnabled") => {}
        ("replace", "/*/*/throttling/rateLimit") => demand(value.parse::<f64>().is_ok())?,
        ("replace", "/~1users/GET/throttling/burstLimit") => demand(value.parse::<i32>().is_ok())?,
        ("replace", "/deploymentId") => {
            demand(api.deployments.contains_key(&value))?;
            stage.deployment = value;
        }
        (op, path) => match (op, path.strip_prefix("/variables/"), path.strip_prefix("/canarySettings/")) {
            ("replace" | "add", Some(name), _) => {
                demand(is_variable(name, &value))?;
                stage.variables.insert(name.to_owned(), value);
            }
            ("remove", Some(name), _) => drop(stage.variables.remove(name)),
            ("replace", None, Some(leaf)) => patch_canary(api, stage, leaf, value)?,
            _ => return Err(Refused),
        },
    }
    Ok(())
}

fn patch_canary(api: &Api, stage: &mut Stage, leaf: &str, value: String) -> Result<(), Refused> {
    let deployment = stage.deployment.clone();
    let canary = stage.canary.get_or_insert_with(|| Canary { deployment, ..Canary::default() });
    match (leaf, leaf.strip_prefix("stageVariableOverrides/")) {
        ("deploymentId", _) => {
            demand(api.deployments.contains_key(&value))?;
            canary.deployment = value;
        }
        ("percentTraffic", _) => {
            let percent = value.parse().map_err(|_| Refused)?;
            demand((0.0..=100.0).contains(&percent))?;
            canary.percent = percent;
        }
        (_, Some(name)) => {
            demand(is_variable(name, &value))?;
            canary.overrides.insert(name.to_owned(), value);
        }
        _ => return Err(Refused),
    }
    Ok(())
}
