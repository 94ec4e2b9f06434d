//! `cloneFrom`: a working copy with ids of its own. Deployments, stages and tags stay behind (assumed: nothing more is
//! documented than that an API is cloned).

use super::{World, models};
use crate::{
    collections::{SortedMap, SortedSet},
    entities::{
        ApiConfig, ApiParts, ApiSettings, Authorizer, AuthorizerId, Integration, Method, Model, ModelId,
        RequestValidator, RequestValidatorId, Resource, ResourceId, RestApi,
    },
    env::IdShape,
};
use std::rc::Rc;

/// Old ids and new ones.
#[derive(Default)]
struct Ids {
    taken: SortedSet<Rc<str>>,
    resources: SortedMap<ResourceId, ResourceId>,
    validators: SortedMap<RequestValidatorId, RequestValidatorId>,
    authorizers: SortedMap<AuthorizerId, AuthorizerId>,
}

impl Ids {
    fn fresh(&mut self, world: &mut World<'_>) -> Rc<str> {
        let taken = &self.taken;
        let id = world.env.mint(IdShape::Short, |id| taken.contains(id));
        self.taken.insert(id.clone());
        id
    }
}

/// Copies the working copy of an API for another API, with the root resource `root`.
pub(super) fn config(
    world: &mut World<'_>,
    source: &RestApi,
    settings: ApiSettings,
    (api, root): (&str, ResourceId),
) -> ApiConfig {
    let from = &source.config;
    let mut ids = Ids::default();
    ids.resources.insert(from.root_id().clone(), root.clone());
    let mut config = ApiConfig::new(settings, root);
    config.parts = Rc::new(parts(world, &mut ids, source, api));
    for (_, resource) in from.tree() {
        let id = match &resource.place {
            None => config.root_id().clone(),
            Some((parent, part)) => {
                let id = ResourceId::new(ids.fresh(world));
                let parent = ids.resources.get(parent).cloned().unwrap_or_else(|| config.root_id().clone());
                let place = Some((parent, part.clone()));
                config.insert(Resource { id: id.clone(), place, methods: SortedMap::new() });
                ids.resources.insert(resource.id.clone(), id.clone());
                id
            }
        };
        let methods: SortedMap<_, _> =
            resource.methods.iter().map(|(verb, old)| (*verb, method(old, &resource.id, &id, &ids))).collect();
        config.edit_methods(&id, |own| *own = methods);
    }
    config
}

fn parts(world: &mut World<'_>, ids: &mut Ids, source: &RestApi, api: &str) -> ApiParts {
    let from = &source.config.parts;
    let mut out = ApiParts { gateway_responses: from.gateway_responses.clone(), ..ApiParts::default() };
    out.models = from.models.as_ref().map(|models| {
        let mut own = |model: &Rc<Model>| Model {
            id: ModelId::new(ids.fresh(world)),
            schema: models::turned(&model.schema, &source.id, api),
            ..(**model).clone()
        };
        models.iter().map(|(name, model)| (name.clone(), Rc::new(own(model)))).collect()
    });
    for (old, validator) in &from.request_validators {
        let id = RequestValidatorId::new(ids.fresh(world));
        ids.validators.insert(old.clone(), id.clone());
        out.request_validators.insert(id.clone(), Rc::new(RequestValidator { id, ..(**validator).clone() }));
    }
    for (old, authorizer) in &from.authorizers {
        let id = AuthorizerId::new(ids.fresh(world));
        ids.authorizers.insert(old.clone(), id.clone());
        out.authorizers.insert(id.clone(), Rc::new(Authorizer { id, ..(**authorizer).clone() }));
    }
    out
}

/// Turns the ids that a method names to those of the clone; a method that names none is shared.
fn method(old: &Rc<Method>, from: &ResourceId, to: &ResourceId, ids: &Ids) -> Rc<Method> {
    // An integration's cache namespace is its resource's id unless an author says otherwise (recorded).
    let cached = old.integration.as_ref().filter(|integration| integration.cache_namespace == from.as_str());
    if old.authorizer_id.is_none() && old.request_validator_id.is_none() && cached.is_none() {
        return old.clone();
    }
    let integration = match cached {
        Some(own) => Some(Rc::new(Integration { cache_namespace: to.to_string(), ..(**own).clone() })),
        None => old.integration.clone(),
    };
    Rc::new(Method {
        authorizer_id: old.authorizer_id.as_ref().and_then(|id| ids.authorizers.get(id).cloned()),
        request_validator_id: old.request_validator_id.as_ref().and_then(|id| ids.validators.get(id).cloned()),
        integration,
        ..(**old).clone()
    })
}
