//! Stage variables, a stage's own and those that its canary has instead.

use super::{World, error::ApiError};
use crate::{
    collections::SortedMap,
    entities::{VariableName, VariableValue},
};
use serde_json::Value;

/// Reads a variable, whose name and value must be as AWS wants them.
pub(super) fn parse_variable(
    world: &World<'_>,
    name: &str,
    value: &str,
) -> Result<(VariableName, VariableValue), ApiError> {
    let limits = &world.workspace.limits;
    let parsed_name = VariableName::parse(name).ok_or_else(|| ApiError::VariableName(name.to_owned()))?;
    let invalid = || ApiError::VariableValue { name: name.to_owned(), value: value.to_owned() };
    let parsed_value = VariableValue::parse(value).ok_or_else(invalid)?;
    // Limits documented, sentences assumed.
    if name.len() > limits.variable_name_length {
        let message = format!("Stage variable name cannot exceed {} characters", limits.variable_name_length);
        return Err(ApiError::invalid("variables", message));
    }
    if value.len() > limits.variable_value_length {
        let message = format!("Stage variable value cannot exceed {} characters", limits.variable_value_length);
        return Err(ApiError::invalid("variables", message));
    }
    Ok((parsed_name, parsed_value))
}

/// Stage variables.
pub(super) type Variables = SortedMap<VariableName, VariableValue>;

pub(super) fn parse_variables(
    world: &World<'_>,
    given: Option<&SortedMap<String, String>>,
) -> Result<Variables, ApiError> {
    let variables: Variables = given
        .into_iter()
        .flatten()
        .map(|(name, value)| parse_variable(world, name, value))
        .collect::<Result<_, _>>()?;
    check_variable_count(world, &variables)?;
    Ok(variables)
}

pub(super) fn check_variable_count(world: &World<'_>, variables: &Variables) -> Result<(), ApiError> {
    let limit = world.workspace.limits.variables_per_stage;
    if variables.len() <= limit {
        return Ok(());
    }
    Err(ApiError::invalid("variables", format!("Stage cannot have more than {limit} variables"))) // assumed
}

/// Writes variables as a map; `None` for no variables.
pub(super) fn describe_variables(variables: &Variables) -> Option<Value> {
    let entries = variables.iter().map(|(name, value)| (name.as_str().to_owned(), Value::from(value.as_str())));
    (!variables.is_empty()).then(|| entries.collect())
}
