//! Request validation: whether required parameters are there, and whether the body fits its model. Parameters come first
//! (recorded).

use super::{
    Call, GatewayResponseType, Halt, Outcome, Refusal, Step, Trace, mapping::of_request, message::media_type_of,
    router::Route,
};
use crate::{
    entities::{ApiConfig, Model},
    schema,
};
use serde_json::Value;
use std::{fmt, rc::Rc};

/// The outcome of validation. A method without a validator has no such step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValidationStep {
    /// Everything that the validator looks at is right.
    Fits {
        /// The validator's name.
        validator: String,
        /// The model that the body fits, when there is one to look at.
        model: Option<Rc<str>>,
    },
    /// Required parameters are missing.
    Missing {
        /// The validator's name.
        validator: String,
        /// Their names, in AWS's order.
        names: Vec<String>,
    },
    /// The body does not fit its model.
    BadBody {
        /// The validator's name.
        validator: String,
        /// The model.
        model: Rc<str>,
        /// The fault.
        faults: Vec<String>,
    },
}

impl ValidationStep {
    /// Returns how it went.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Fits { .. } => Outcome::Passed,
            Self::Missing { .. } | Self::BadBody { .. } => Outcome::Failed,
        }
    }
}

impl fmt::Display for ValidationStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fits { validator, model: None } => write!(f, "The validator {validator} has nothing to object."),
            Self::Fits { validator, model: Some(model) } => {
                write!(f, "The validator {validator} has nothing to object: the body fits the model {model}.")
            }
            Self::Missing { validator, names } => {
                write!(f, "The validator {validator} misses required parameters: {}.", names.join(", "))
            }
            Self::BadBody { validator, model, faults } => {
                let first = faults.first().map_or("", String::as_str);
                write!(f, "The validator {validator} refuses the body, which does not fit the model {model}: {first}.")
            }
        }
    }
}

/// Checks a request as the method's validator says.
pub(crate) fn check(config: &ApiConfig, route: &Route<'_, '_>, call: &Call<'_>, trace: &mut Trace) -> Result<(), Halt> {
    let found = route.method.request_validator_id.as_ref().and_then(|id| config.parts.request_validators.get(id));
    let Some(validator) = found else { return Ok(()) };
    let name = validator.name.clone().unwrap_or_else(|| validator.id.to_string());
    if validator.validate_request_parameters {
        let names = missing_parameters(route, call);
        if !names.is_empty() {
            let message = format!("Missing required request parameters: [{}]", names.join(", "));
            trace.push(Step::Validation(ValidationStep::Missing { validator: name, names }));
            let kind = GatewayResponseType::BadRequestParameters;
            return Err(Halt::Refused(Refusal { kind, message: Some(message.into()), detail: None }));
        }
    }
    let model = validator.validate_request_body.then(|| model_for(config, route, call)).flatten();
    let faults = model.as_ref().map(|model| body_faults(config, model, call)).unwrap_or_default();
    let model = model.map(|model| model.name.clone());
    if let Some(model) = model.clone().filter(|_| !faults.is_empty()) {
        let detail = Some(format!("[{}]", faults.join(", ")));
        trace.push(Step::Validation(ValidationStep::BadBody { validator: name, model, faults }));
        let kind = GatewayResponseType::BadRequestBody;
        return Err(Halt::Refused(Refusal { kind, message: None, detail }));
    }
    trace.push(Step::Validation(ValidationStep::Fits { validator: name, model }));
    Ok(())
}

/// Returns the required parameters that are missing or blank: headers, then path variables, then those of the query (recorded).
fn missing_parameters(route: &Route<'_, '_>, call: &Call<'_>) -> Vec<String> {
    let mut names = Vec::new();
    for place in ["method.request.header.", "method.request.path.", "method.request.querystring."] {
        for (key, _) in route.method.request_parameters.iter().filter(|(_, required)| **required) {
            let Some(name) = key.strip_prefix(place) else { continue };
            if of_request(key, call, &route.parameters).is_none_or(|value| value.trim().is_empty()) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// Returns the model for the request's content type; without one the body is not looked at (documented).
fn model_for(config: &ApiConfig, route: &Route<'_, '_>, call: &Call<'_>) -> Option<Rc<Model>> {
    let media_type = call.request.media_type();
    let mut models = route.method.request_models.iter();
    let (_, name) = models.find(|(key, _)| media_type_of(key).eq_ignore_ascii_case(media_type))?;
    config.model(name).filter(|model| model.content_type.contains("json"))
}

/// Returns what is wrong with a body. One that is empty or no JSON never fits (recorded for the empty one).
fn body_faults(config: &ApiConfig, model: &Model, call: &Call<'_>) -> Vec<String> {
    let Ok(schema) = serde_json::from_str::<Value>(&model.schema) else { return Vec::new() };
    let Ok(body) = serde_json::from_str::<Value>(&call.request.body) else {
        return vec!["the body is not JSON".to_owned()];
    };
    let of_model = |reference: &str| {
        let (_, name) = reference.split_once("/models/")?;
        serde_json::from_str(&config.model(name)?.schema).ok()
    };
    schema::faults(&schema, &body, &of_model)
}
