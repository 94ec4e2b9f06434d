//! DocumentationPart: a piece of documentation about one thing of an API.

use super::{
    World,
    answer::Answer,
    error::{ApiError, Noun, Violation},
    members::{Field, Member, MemberType, input_name, operation, structure, unconstrained},
    page::page,
    patch::{PatchOperation, op_violations},
};
use crate::{
    collections::SortedSet,
    entities::{Documentation, DocumentationLocation, DocumentationPart, DocumentationPartType, RestApi, StatusCode},
    env::IdShape,
};
use serde_json::Value;
use std::rc::Rc;

/// The types in the order of AWS's sentence (recorded).
const TYPES: &str = "RESPONSE_BODY, RESPONSE, METHOD, MODEL, AUTHORIZER, RESPONSE_HEADER, RESOURCE, PATH_PARAMETER, REQUEST_BODY, QUERY_PARAMETER, API, REQUEST_HEADER";

/// `location` as a request gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LocationInput {
    /// The type.
    pub location_type: String,
    /// The path.
    pub path: Option<String>,
    /// The method.
    pub method: Option<String>,
    /// The status.
    pub status_code: Option<String>,
    /// The name.
    pub name: Option<String>,
}

impl Member for LocationInput {
    const TYPE: MemberType = MemberType::Structure(&[
        ("type", MemberType::Text),
        ("path", MemberType::Text),
        ("method", MemberType::Text),
        ("statusCode", MemberType::Text),
        ("name", MemberType::Text),
    ]);
    const REQUIRED: bool = true;

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        let missing = |place: String| {
            ApiError::Validation(vec![Violation { value: None, place, constraint: "not be null".into() }]) // assumed
        };
        let mut members = structure(value, field)?.ok_or_else(|| missing(field.place()))?;
        let mut take = |name: &str| Option::<String>::read(members.remove(name), field);
        Ok(Self {
            location_type: take("type")?.ok_or_else(|| missing(format!("{}.type", field.place())))?,
            path: take("path")?,
            method: take("method")?,
            status_code: take("statusCode")?,
            name: take("name")?,
        })
    }

    fn write(&self) -> Option<Value> {
        let out = Answer::new().with("type", self.location_type.as_str());
        let out = out.maybe("path", self.path.as_deref()).maybe("method", self.method.as_deref());
        Some(out.maybe("statusCode", self.status_code.as_deref()).maybe("name", self.name.as_deref()).done())
    }
}

operation! {
    /// Adds a documentation part.
    CreateDocumentationPart: "POST" "/restapis/{restApiId}/documentation/parts" => 201 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The thing that it is about.
        location: LocationInput = Body "location";
        /// The properties: a JSON object, as text.
        properties: String = Body "properties";
    }
}

operation! {
    /// Lists the documentation parts, or what has none yet.
    GetDocumentationParts: "GET" "/restapis/{restApiId}/documentation/parts" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// Only parts of this type.
        part_type: Option<String> = Query "type";
        /// Only parts about things of this name.
        name_query: Option<String> = Query "nameQuery" as "name";
        /// Only parts about this path.
        path: Option<String> = Query "path";
        /// Where to go on.
        position: Option<String> = Query "position";
        /// Entries on a page.
        limit: Option<i64> = Query "limit";
        /// `DOCUMENTED` or `UNDOCUMENTED`.
        location_status: Option<String> = Query "locationStatus";
    }
}

operation! {
    /// Shows a documentation part.
    GetDocumentationPart: "GET" "/restapis/{restApiId}/documentation/parts/{documentationPartId}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The part.
        documentation_part_id: String = Uri "documentationPartId";
    }
}

operation! {
    /// Changes what a documentation part says.
    UpdateDocumentationPart: "PATCH" "/restapis/{restApiId}/documentation/parts/{documentationPartId}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The part.
        documentation_part_id: String = Uri "documentationPartId";
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Deletes a documentation part.
    DeleteDocumentationPart: "DELETE" "/restapis/{restApiId}/documentation/parts/{documentationPartId}" => 202 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The part.
        documentation_part_id: String = Uri "documentationPartId";
    }
}

unconstrained!(GetDocumentationPart, DeleteDocumentationPart);

/// Returns the violation of an unknown type (recorded for creation).
fn type_violation(given: &str, place: String) -> Option<Violation> {
    let constraint = || format!("satisfy enum value set: [{TYPES}]");
    let is_none = DocumentationPartType::parse(given).is_none();
    is_none.then(|| Violation { value: Some(given.to_owned()), place, constraint: constraint() })
}

/// Checks the status of a location, a constraint of the service model (documented).
fn check_status(location: &LocationInput) -> Result<(), ApiError> {
    let given = location.status_code.as_deref().unwrap_or_default();
    if given.trim().is_empty() || given == "*" || StatusCode::parse(given).is_some() {
        return Ok(());
    }
    Err(ApiError::Validation(vec![Violation {
        value: Some(given.to_owned()),
        place: format!("{}.location.statusCode", input_name("CreateDocumentationPart")),
        constraint: "satisfy regular expression pattern: ^([1-5]\\d\\d|\\*|\\s*)$".into(),
    }]))
}

impl CreateDocumentationPart {
    fn check(&self) -> Vec<Violation> {
        let place = format!("{}.location.type", input_name("CreateDocumentationPart"));
        type_violation(&self.location.location_type, place).into_iter().collect()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        world.late(check_status(&self.location))?;
        let known = world.api(&self.rest_api_id)?.documentation.clone();
        let location = location(&self.location)?;
        check_properties(&self.properties)?;
        if known.parts.values().any(|part| part.location.whole() == location.whole()) {
            let message = format!(
                "Documentation part already exists for the specified location: {}",
                describe_in_words(&location)
            );
            return Err(ApiError::conflict("location", message)); // reported for the API itself
        }
        check_room(world, &known)?;
        let id = world.env.mint(IdShape::Short, |id| known.parts.contains_key(id));
        keep(world, &self.rest_api_id, DocumentationPart { id, location, properties: self.properties.clone() })
    }
}

impl GetDocumentationParts {
    fn check(&self) -> Vec<Violation> {
        let mut out: Vec<Violation> =
            self.part_type.as_deref().and_then(|given| type_violation(given, "type".into())).into_iter().collect();
        let status = self.location_status.as_deref();
        out.extend(status.filter(|status| !["DOCUMENTED", "UNDOCUMENTED"].contains(status)).map(|status| Violation {
            value: Some(status.to_owned()),
            place: "locationStatus".into(),
            constraint: "satisfy enum value set: [DOCUMENTED, UNDOCUMENTED]".into(), // the order is assumed
        }));
        out
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let api = world.api(&self.rest_api_id)?;
        let wanted = |location: &DocumentationLocation| {
            self.part_type.as_deref().is_none_or(|wanted| location.kind.as_str() == wanted)
                && self.name_query.as_deref().is_none_or(|wanted| location.name.as_deref() == Some(wanted))
                && self.path.as_deref().is_none_or(|wanted| location.kind.has_path() && location.whole().1 == wanted)
        };
        let position = self.position.as_deref();
        if self.location_status.as_deref() == Some("UNDOCUMENTED") {
            let mut open = undocumented(api);
            open.retain(wanted);
            return page(
                &open,
                self.limit,
                position,
                |l| format!("{:?}", l.whole()),
                |location| Answer::new().with("location", describe_location(location)).done(),
            );
        }
        let all: Vec<_> = api.documentation.parts.values().filter(|part| wanted(&part.location)).collect();
        page(&all, self.limit, position, |part| part.id.to_string(), |part| describe(part))
    }
}

impl GetDocumentationPart {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        find(world, &self.rest_api_id, &self.documentation_part_id).map(|part| describe(part))
    }
}

impl UpdateDocumentationPart {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateDocumentationPart", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let mut edited = find(world, &self.rest_api_id, &self.documentation_part_id)?.as_ref().clone();
        for patch in &self.patch_operations {
            patch.replaces_one_of(&["/properties"])?;
            check_properties(patch.text())?;
            patch.text().clone_into(&mut edited.properties);
        }
        keep(world, &self.rest_api_id, edited)
    }
}

impl DeleteDocumentationPart {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        // Here an unknown API is one (recorded).
        let api = world.api_mut(&self.rest_api_id)?;
        let gone = Rc::make_mut(&mut api.documentation).parts.remove(self.documentation_part_id.as_str());
        gone.map(|_| Value::Null).ok_or(ApiError::Unknown(Noun::DocumentationPart))
    }
}

/// Checks that there is room for one part more: the number is documented, the sentence assumed after the one for resources.
pub(super) fn check_room(world: &World<'_>, documentation: &Documentation) -> Result<(), ApiError> {
    if documentation.parts.len() < world.workspace.limits.documentation_parts_per_api {
        return Ok(());
    }
    let message = "Maximum number of documentation parts for this API has been reached. Please contact AWS if you need additional documentation parts.";
    Err(ApiError::Limit(message.into()))
}

/// Finds a part by its id. An unknown API is an unknown part (recorded).
fn find<'w>(world: &'w World<'_>, api: &str, id: &str) -> Result<&'w Rc<DocumentationPart>, ApiError> {
    let found = world.workspace.api(api).and_then(|api| api.documentation.parts.get(id));
    found.ok_or(ApiError::Unknown(Noun::DocumentationPart))
}

fn keep(world: &mut World<'_>, api: &str, part: DocumentationPart) -> Result<Value, ApiError> {
    let body = describe(&part);
    let documentation: &mut Documentation = Rc::make_mut(&mut world.api_mut(api)?.documentation);
    documentation.parts.insert(part.id.clone(), Rc::new(part));
    Ok(body)
}

/// Checks a location: which members a type has is documented, the sentences are assumed. AWS's documentation asks for the name
/// of a request body; reports show it taken without.
pub(super) fn location(input: &LocationInput) -> Result<DocumentationLocation, ApiError> {
    let kind = DocumentationPartType::parse(&input.location_type).ok_or_else(|| {
        // Only in an imported document: a request's type is checked before.
        ApiError::invalid("location", format!("Invalid location: unknown type {}", input.location_type))
    })?;
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let location = DocumentationLocation {
        kind,
        path: given(&input.path),
        method: given(&input.method),
        status_code: given(&input.status_code),
        name: given(&input.name),
    };
    let members = [
        ("path", location.path.is_some(), kind.has_path()),
        ("method", location.method.is_some(), kind.has_method()),
        ("statusCode", location.status_code.is_some(), kind.has_status()),
        ("name", location.name.is_some(), kind.has_name()),
    ];
    if let Some((member, ..)) = members.iter().find(|(_, given, allowed)| *given && !allowed) {
        if kind == DocumentationPartType::Api {
            let message = "[Location type: API cannot have path, method, statusCode or name defined.]"; // reported
            return Err(ApiError::invalid("location", message));
        }
        let message = format!("Invalid location: {member} is not allowed for type {}", kind.as_str());
        return Err(ApiError::invalid("location", message));
    }
    if kind.has_name() && location.name.is_none() && kind != DocumentationPartType::RequestBody {
        let message = format!("Invalid location: name must be specified for type {}", kind.as_str());
        return Err(ApiError::invalid("location", message));
    }
    Ok(location)
}

/// Checks that the properties of a part are a JSON object (documented; the sentence is assumed).
pub(super) fn check_properties(text: &str) -> Result<(), ApiError> {
    match serde_json::from_str(text) {
        Ok(Value::Object(_)) => Ok(()),
        _ => Err(ApiError::invalid("properties", "Documentation part properties must be a valid JSON object")),
    }
}

/// Describes a location in AWS's words, as in `type 'METHOD', path '/users', method 'GET'`; the form is reported for the type
/// and assumed for the rest.
fn describe_in_words(location: &DocumentationLocation) -> String {
    let members = [
        ("path", &location.path),
        ("method", &location.method),
        ("status code", &location.status_code),
        ("name", &location.name),
    ];
    let given = members.iter().filter_map(|(member, value)| Some(format!(", {member} '{}'", value.as_ref()?)));
    format!("type '{}'{}", location.kind.as_str(), given.collect::<String>())
}

/// Lists the things of an API that no part is about, in the order of the tree.
pub fn undocumented(api: &RestApi) -> Vec<DocumentationLocation> {
    let documented: SortedSet<_> = api.documentation.parts.values().map(|part| part.location.whole()).collect();
    let mut out = things(api);
    out.retain(|location| !documented.contains(&location.whole()));
    out
}

/// Lists the things of an API that a part can be about.
fn things(api: &RestApi) -> Vec<DocumentationLocation> {
    use DocumentationPartType as Type;
    let config = &api.config;
    let named = |kind, name: &str| DocumentationLocation {
        kind,
        path: None,
        method: None,
        status_code: None,
        name: Some(name.to_owned()),
    };
    let api_itself = DocumentationLocation { name: None, ..named(Type::Api, "") };
    let mut out = vec![api_itself];
    out.extend(config.parts.authorizers.values().map(|authorizer| named(Type::Authorizer, &authorizer.name)));
    out.extend(config.models().keys().map(|name| named(Type::Model, name)));
    for (_, resource) in config.tree() {
        let path = Some(config.path_of(&resource.id));
        let at = |kind, method: Option<&str>| DocumentationLocation {
            path: path.clone(),
            method: method.map(str::to_owned),
            name: None,
            ..named(kind, "")
        };
        out.push(at(Type::Resource, None));
        for method in resource.methods.values() {
            let verb = Some(method.http_method.as_str());
            out.push(at(Type::Method, verb));
            for key in method.request_parameters.keys() {
                let places = [
                    ("method.request.path.", Type::PathParameter),
                    ("method.request.querystring.", Type::QueryParameter),
                    ("method.request.header.", Type::RequestHeader),
                ];
                let found = places.iter().find_map(|(place, kind)| Some((*kind, key.strip_prefix(place)?)));
                out.extend(
                    found.map(|(kind, name)| DocumentationLocation { name: Some(name.into()), ..at(kind, verb) }),
                );
            }
            for status in method.responses.keys() {
                let status_code = Some(status.to_string());
                out.push(DocumentationLocation { status_code, ..at(Type::Response, verb) });
            }
        }
    }
    out
}

fn describe_location(location: &DocumentationLocation) -> Value {
    Answer::new()
        .with("type", location.kind.as_str())
        .maybe("path", location.path.as_deref())
        .maybe("method", location.method.as_deref())
        .maybe("statusCode", location.status_code.as_deref())
        .maybe("name", location.name.as_deref())
        .done()
}

/// Writes a part in the shape of AWS's answers: its location as it was given (recorded).
fn describe(part: &DocumentationPart) -> Value {
    Answer::new()
        .with("id", &*part.id)
        .with("location", describe_location(&part.location))
        .with("properties", part.properties.as_str())
        .done()
}
