//! An API as a deployment freezes it: settings and resource tree, with the indexes that keep edits and look-ups cheap.

use super::{
    ApiParts, HttpMethod, Method, Model, Models, PathPart, PathPartKind, Resource, ResourceId, integration::wire_enum,
};
use crate::collections::{SharedMap, SortedMap};
use std::rc::Rc;

wire_enum! {
    /// Where an API's hostname leads.
    EndpointType {
        /// Through CloudFront; the default.
        Edge = "EDGE",
        /// Straight to the region.
        Regional = "REGIONAL",
        /// From inside a VPC only.
        Private = "PRIVATE",
    }
}

wire_enum! {
    /// The address families of an API's hostname.
    IpAddressType {
        /// IPv4 only.
        Ipv4 = "ipv4",
        /// IPv4 and IPv6.
        Dualstack = "dualstack",
    }
}

/// Endpoint type and addresses of an API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointConfiguration {
    /// The one type.
    pub endpoint_type: EndpointType,
    /// The address families.
    pub ip_address_type: IpAddressType,
    /// The VPC endpoints of a private API.
    pub vpc_endpoint_ids: Vec<String>,
}

/// The members of a `RestApi` itself, all of which a deployment freezes but the name and the description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiSettings {
    /// The name; not unique.
    pub name: String,
    /// The description; never empty.
    pub description: Option<String>,
    /// A version of the author's own.
    pub version: Option<String>,
    /// Media types that are treated as bytes.
    pub binary_media_types: Vec<String>,
    /// Bytes from which an answer is compressed; `None` never.
    pub minimum_compression_size: Option<u32>,
    /// `HEADER` or `AUTHORIZER`.
    pub api_key_source: String,
    /// Endpoint type and addresses.
    pub endpoint: EndpointConfiguration,
    /// The resource policy, as JSON text.
    pub policy: Option<String>,
    /// Whether the default hostname is switched off.
    pub disable_execute_api_endpoint: bool,
    /// The TLS versions and ciphers of the default hostname; `None` leaves AWS's default.
    pub security_policy: Option<String>,
    /// `BASIC` or `STRICT`; only with a security policy that asks for it.
    pub endpoint_access_mode: Option<String>,
}

impl ApiSettings {
    /// Returns the settings of an API made with nothing but a name (defaults recorded from AWS).
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            description: None,
            version: None,
            binary_media_types: Vec::new(),
            minimum_compression_size: None,
            api_key_source: "HEADER".into(),
            endpoint: EndpointConfiguration {
                endpoint_type: EndpointType::Edge,
                ip_address_type: IpAddressType::Ipv4,
                vpc_endpoint_ids: Vec::new(),
            },
            policy: None,
            disable_execute_api_endpoint: false,
            security_policy: None,
            endpoint_access_mode: None,
        }
    }
}

/// Everything that a deployment freezes. Cloning shares all structure, whatever the size.
///
/// The tree is kept by id; beside it stand an index of children and two counts, which only the methods here maintain.
#[derive(Clone, Debug)]
pub struct ApiConfig {
    /// The API's own members.
    pub settings: Rc<ApiSettings>,
    /// Models, request validators, authorizers and gateway responses.
    pub parts: Rc<ApiParts>,
    root: ResourceId,
    resources: SharedMap<ResourceId, Rc<Resource>>,
    children: SharedMap<(ResourceId, Rc<str>), ResourceId>,
    methods: usize,
    methods_without_integration: usize,
}

impl PartialEq for ApiConfig {
    fn eq(&self, other: &Self) -> bool {
        let settings = self.settings == other.settings && self.parts == other.parts;
        settings && self.root == other.root && self.resources == other.resources
    }
}

impl Eq for ApiConfig {}

impl ApiConfig {
    /// Makes an API with nothing but its root resource.
    pub fn new(settings: ApiSettings, root: ResourceId) -> Self {
        let resource = Resource { id: root.clone(), place: None, methods: SortedMap::new() };
        Self {
            settings: Rc::new(settings),
            parts: Rc::default(),
            resources: SharedMap::unit(root.clone(), Rc::new(resource)),
            root,
            children: SharedMap::new(),
            methods: 0,
            methods_without_integration: 0,
        }
    }

    /// Returns the id of `/`.
    pub fn root_id(&self) -> &ResourceId {
        &self.root
    }

    /// Returns the models by name.
    pub fn models(&self) -> Models {
        self.parts.models(&self.root)
    }

    /// Finds a model by its name.
    pub fn model(&self, name: &str) -> Option<Rc<Model>> {
        self.models().get(name).cloned()
    }

    /// Returns all methods, in no particular order, each with its resource.
    pub fn methods(&self) -> impl Iterator<Item = (&Rc<Resource>, &Rc<Method>)> {
        self.resources.values().flat_map(|resource| resource.methods.values().map(move |method| (resource, method)))
    }

    /// Returns all resources by id; persistent, so that two versions can be compared without visiting what they
    /// share.
    pub fn resources(&self) -> &SharedMap<ResourceId, Rc<Resource>> {
        &self.resources
    }

    /// Finds a resource by its id.
    pub fn resource(&self, id: &str) -> Option<&Rc<Resource>> {
        self.resources.get(id)
    }

    /// Finds a method of a resource.
    pub fn method(&self, resource: &str, method: HttpMethod) -> Option<&Rc<Method>> {
        self.resource(resource)?.methods.get(&method)
    }

    /// Returns the child with exactly this path part.
    pub fn child(&self, parent: &ResourceId, part: &str) -> Option<&Rc<Resource>> {
        let id = self.children.get(&(parent.clone(), Rc::from(part)))?;
        self.resources.get(id)
    }

    /// Returns the children of a resource, static parts in order of their text, the variable one last.
    pub fn children(&self, parent: &ResourceId) -> impl Iterator<Item = &Rc<Resource>> {
        let from = (parent.clone(), Rc::from(""));
        let parent = parent.clone();
        self.children
            .from(&from)
            .take_while(move |((of, _), _)| *of == parent)
            .filter_map(|(_, id)| self.resources.get(id))
    }

    /// Returns the child that is a variable, `{x}` or `{x+}`; a resource has at most one.
    pub fn variable_child(&self, parent: &ResourceId) -> Option<&Rc<Resource>> {
        // `{` sorts after every character that a static part may hold.
        let from = (parent.clone(), Rc::from("{"));
        let ((of, _), id) = self.children.from(&from).next()?;
        if of == parent { self.resources.get(id) } else { None }
    }

    /// Returns the full path of a resource: `/` for the root, `/users/{userId}` below. Empty for an unknown id.
    pub fn path_of(&self, id: &str) -> String {
        let mut parts: Vec<&str> = Vec::new();
        let mut at = self.resources.get(id);
        if at.is_none() {
            return String::new();
        }
        while let Some((parent, part)) = at.and_then(|r| r.place.as_ref()) {
            parts.push(part.as_str());
            at = self.resources.get(parent);
        }
        if parts.is_empty() {
            return "/".into();
        }
        parts.iter().rev().fold(String::new(), |path, part| path + "/" + part)
    }

    /// Returns the resource at a full path, as `path_of` writes it.
    pub fn resource_at(&self, path: &str) -> Option<&Rc<Resource>> {
        let mut at = self.resources.get(&self.root)?;
        for part in path.split('/').filter(|part| !part.is_empty()) {
            at = self.child(&at.id, part)?;
        }
        Some(at)
    }

    /// Returns all resources from the root down, children in the order of `children`, each with its depth (root 0).
    pub fn tree(&self) -> Vec<(usize, &Rc<Resource>)> {
        let mut out = Vec::with_capacity(self.resources.len());
        let mut stack: Vec<(usize, &Rc<Resource>)> =
            self.resources.get(&self.root).map(|r| (0, r)).into_iter().collect();
        while let Some((depth, resource)) = stack.pop() {
            out.push((depth, resource));
            let below: Vec<_> = self.children(&resource.id).map(|child| (depth + 1, child)).collect();
            stack.extend(below.into_iter().rev());
        }
        out
    }

    /// Tells whether `id` is `ancestor` or lies below it.
    pub fn is_within(&self, id: &ResourceId, ancestor: &ResourceId) -> bool {
        let mut at = Some(id);
        while let Some(here) = at {
            if here == ancestor {
                return true;
            }
            at = self.resources.get(here).and_then(|r| r.parent_id());
        }
        false
    }

    /// Returns how many methods there are in all.
    pub fn method_count(&self) -> usize {
        self.methods
    }

    /// Returns how many methods have no integration yet; such an API cannot be deployed.
    pub fn methods_without_integration(&self) -> usize {
        self.methods_without_integration
    }

    /// Puts a resource under an existing parent. The caller has checked that parent and path part are free.
    pub fn insert(&mut self, resource: Resource) {
        if let Some((parent, part)) = &resource.place {
            self.children.insert((parent.clone(), Rc::from(part.as_str())), resource.id.clone());
        }
        let (all, bare) = count_methods(&resource);
        self.methods += all;
        self.methods_without_integration += bare;
        self.resources.insert(resource.id.clone(), Rc::new(resource));
    }

    /// Changes a resource's methods. Answers `None` when there is no such resource.
    pub fn edit_methods<T>(
        &mut self,
        id: &str,
        edit: impl FnOnce(&mut SortedMap<HttpMethod, Rc<Method>>) -> T,
    ) -> Option<T> {
        let slot = self.resources.get_mut(id)?;
        let before = count_methods(slot);
        let out = edit(&mut Rc::make_mut(slot).methods);
        let after = count_methods(slot);
        self.methods = self.methods + after.0 - before.0;
        self.methods_without_integration = self.methods_without_integration + after.1 - before.1;
        Some(out)
    }

    /// Gives a resource another parent or path part. The caller has checked that both are allowed.
    pub fn relocate(&mut self, id: &ResourceId, parent: ResourceId, part: PathPart) {
        let Some(slot) = self.resources.get_mut(id) else { return };
        let resource = Rc::make_mut(slot);
        if let Some((old_parent, old_part)) = resource.place.take() {
            self.children.remove(&(old_parent, Rc::from(old_part.as_str())));
        }
        self.children.insert((parent.clone(), Rc::from(part.as_str())), id.clone());
        resource.place = Some((parent, part));
    }

    /// Removes a resource and everything below it; answers how many went.
    pub fn remove_subtree(&mut self, id: &ResourceId) -> usize {
        let mut doomed = vec![id.clone()];
        let mut removed = 0;
        while let Some(id) = doomed.pop() {
            doomed.extend(self.children(&id).map(|child| child.id.clone()));
            let Some(resource) = self.resources.remove(&id) else { continue };
            if let Some((parent, part)) = &resource.place {
                self.children.remove(&(parent.clone(), Rc::from(part.as_str())));
            }
            let (all, bare) = count_methods(&resource);
            self.methods -= all;
            self.methods_without_integration -= bare;
            removed += 1;
        }
        removed
    }

    /// Tells whether a path part below `parent` is taken by a variable of either kind.
    pub fn has_variable_sibling(&self, parent: &ResourceId, except: Option<&ResourceId>) -> Option<&PathPart> {
        let sibling = self.variable_child(parent)?;
        if Some(&sibling.id) == except {
            return None;
        }
        sibling.path_part().filter(|part| part.kind() != PathPartKind::Static)
    }
}

fn count_methods(resource: &Resource) -> (usize, usize) {
    let bare = resource.methods.values().filter(|method| method.integration.is_none()).count();
    (resource.methods.len(), bare)
}
