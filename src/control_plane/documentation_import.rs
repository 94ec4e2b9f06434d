//! ImportDocumentationParts: the parts that an OpenAPI document carries in `x-amazon-apigateway-documentation`.
//!
//! Documented: the two modes, and that a merged part keeps what the document does not say. Assumed: the warnings' sentences, that
//! a part which is wrong is left out with a warning, that the document's `version` makes no documentation version, and that no
//! such object means no parts. Documents in YAML are refused.

use super::{
    World,
    answer::Answer,
    checks::not_in,
    documentation_parts::{LocationInput, check_properties, check_room, location},
    error::{ApiError, Violation},
    members::operation,
};
use crate::{
    entities::{Documentation, DocumentationPart},
    env::IdShape,
};
use serde_json::{Map, Value};
use std::rc::Rc;

operation! {
    /// Makes or changes documentation parts from an OpenAPI document.
    ImportDocumentationParts: "PUT" "/restapis/{restApiId}/documentation/parts" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// `merge` or `overwrite`.
        mode: Option<String> = Query "mode";
        /// Whether nothing is imported when there is anything to warn about.
        fail_on_warnings: Option<bool> = Query "failOnWarnings" as "failonwarnings";
        /// The document.
        body: String = Payload "body";
    }
}

impl ImportDocumentationParts {
    fn check(&self) -> Vec<Violation> {
        let mode = self.mode.as_deref();
        mode.and_then(|mode| not_in(mode, &["merge", "overwrite"], "mode".into())).into_iter().collect()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        // The document first, as when an API is imported (recorded there).
        let entries = entries(&self.body)?;
        let mut documentation = world.api(&self.rest_api_id)?.documentation.as_ref().clone();
        if self.mode.as_deref() == Some("overwrite") {
            documentation = Documentation { versions: documentation.versions, ..Documentation::default() };
        }
        let (mut ids, mut warnings) = (Vec::new(), Vec::new());
        for (number, entry) in entries.iter().enumerate() {
            match import(world, &mut documentation, entry) {
                Ok(id) => ids.push(id.to_string()),
                Err(error @ ApiError::Limit(_)) => return Err(error),
                Err(error) => warnings.push(format!("Documentation part {}: {error}", number + 1)),
            }
        }
        if let Some(warning) = warnings.first().filter(|_| self.fail_on_warnings == Some(true)) {
            return Err(ApiError::invalid("body", warning.as_str()));
        }
        world.api_mut(&self.rest_api_id)?.documentation = Rc::new(documentation);
        Ok(Answer::new().with("ids", ids).maybe("warnings", (!warnings.is_empty()).then_some(warnings)).done())
    }
}

/// Reads the parts of a document. The sentence about a text that is no document is recorded.
fn entries(text: &str) -> Result<Vec<Value>, ApiError> {
    if text.lines().any(|line| line.starts_with("openapi:") || line.starts_with("swagger:")) {
        return Err(ApiError::NotModelled("OpenAPI documents in YAML".into()));
    }
    let invalid = || ApiError::invalid("body", "Unable to build importer with provided input.");
    let mut document: Map<String, Value> = serde_json::from_str(text).map_err(|_| invalid())?;
    match document.remove("x-amazon-apigateway-documentation").map(|mut found| found["documentationParts"].take()) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(parts)) => Ok(parts),
        Some(_) => Err(invalid()),
    }
}

/// Makes the part of an entry, or merges the entry into the one that is about the same thing.
fn import(world: &mut World<'_>, documentation: &mut Documentation, entry: &Value) -> Result<Rc<str>, ApiError> {
    let text = |member: &str| entry["location"][member].as_str().map(str::to_owned);
    let given = LocationInput {
        location_type: text("type").unwrap_or_default(),
        path: text("path"),
        method: text("method"),
        status_code: text("statusCode"),
        name: text("name"),
    };
    let location = location(&given)?;
    // A document has an object there; the text of one is taken too, as an answer shows it (assumed).
    let properties = match &entry["properties"] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    check_properties(&properties)?;
    let known = documentation.parts.values().find(|part| part.location.whole() == location.whole()).cloned();
    let part = match known {
        Some(known) => {
            DocumentationPart { properties: merged(&known.properties, properties), ..known.as_ref().clone() }
        }
        None => {
            check_room(world, documentation)?;
            let id = world.env.mint(IdShape::Short, |id| documentation.parts.contains_key(id));
            DocumentationPart { id, location, properties }
        }
    };
    let id = part.id.clone();
    documentation.parts.insert(id.clone(), Rc::new(part));
    Ok(id)
}

/// Merges properties: puts those that are given now over those of before, attribute by attribute (documented).
fn merged(before: &str, now: String) -> String {
    let object = |text: &str| serde_json::from_str::<Map<String, Value>>(text);
    let (Ok(mut all), Ok(new)) = (object(before), object(&now)) else { return now };
    let known = all.clone();
    all.extend(new);
    if all == known { before.to_owned() } else { Value::Object(all).to_string() }
}
