//! The plain types of members: texts, numbers, lists and maps, each with its way from and to JSON. Structures stand beside
//! the operations that take them.

use super::{
    error::ApiError,
    members::{Field, Member, MemberType, present},
};
use crate::collections::SortedMap;
use serde_json::Value;

fn text(value: Value, field: &Field<'_>) -> Result<String, ApiError> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(field.wrong(&other, "String")),
    }
}

/// A text in a map, where `null` is an empty one (assumed).
fn text_or_empty(value: Value, field: &Field<'_>) -> Result<String, ApiError> {
    if value.is_null() { Ok(String::new()) } else { text(value, field) }
}

fn boolean(value: Value, field: &Field<'_>) -> Result<bool, ApiError> {
    value.as_bool().ok_or_else(|| field.wrong(&value, "Boolean"))
}

fn entries<T>(
    value: Value,
    field: &Field<'_>,
    read: fn(Value, &Field<'_>) -> Result<T, ApiError>,
) -> Result<SortedMap<String, T>, ApiError> {
    match value {
        Value::Object(map) => {
            let mut out = Vec::with_capacity(map.len());
            for (key, value) in map {
                out.push((key, read(value, field)?));
            }
            Ok(SortedMap::from(out))
        }
        other => Err(field.wrong(&other, "Map")),
    }
}

impl Member for String {
    const TYPE: MemberType = MemberType::Text;
    const REQUIRED: bool = true;

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        text(present(value).ok_or_else(|| field.missing())?, field)
    }

    fn write(&self) -> Option<Value> {
        Some(Value::String(self.clone()))
    }
}

impl Member for Option<String> {
    const TYPE: MemberType = MemberType::Text;

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        present(value).map(|value| text(value, field)).transpose()
    }

    fn write(&self) -> Option<Value> {
        self.clone().map(Value::String)
    }
}

impl Member for Option<bool> {
    const TYPE: MemberType = MemberType::Boolean;

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        present(value).map(|value| boolean(value, field)).transpose()
    }

    fn write(&self) -> Option<Value> {
        self.map(Value::Bool)
    }
}

impl Member for Option<i64> {
    const TYPE: MemberType = MemberType::Integer;

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        let Some(value) = present(value) else { return Ok(None) };
        value.as_i64().map(Some).ok_or_else(|| field.wrong(&value, "Integer"))
    }

    fn write(&self) -> Option<Value> {
        self.map(Value::from)
    }
}

impl Member for Option<f64> {
    const TYPE: MemberType = MemberType::Double;

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        let Some(value) = present(value) else { return Ok(None) };
        value.as_f64().map(Some).ok_or_else(|| field.wrong(&value, "Double"))
    }

    fn write(&self) -> Option<Value> {
        self.map(Value::from)
    }
}

impl Member for Option<Vec<String>> {
    const TYPE: MemberType = MemberType::TextList;

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        match present(value) {
            None => Ok(None),
            Some(Value::Array(items)) => {
                items.into_iter().map(|item| text(item, field)).collect::<Result<_, _>>().map(Some)
            }
            Some(other) => Err(field.wrong(&other, "List")),
        }
    }

    fn write(&self) -> Option<Value> {
        self.as_ref().map(|items| items.iter().map(|item| Value::from(item.as_str())).collect())
    }
}

impl Member for Vec<String> {
    const TYPE: MemberType = MemberType::TextList;
    const REQUIRED: bool = true;

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        Option::<Self>::read(value, field)?.ok_or_else(|| field.missing())
    }

    fn write(&self) -> Option<Value> {
        Some(self.iter().map(|item| Value::from(item.as_str())).collect())
    }
}

impl Member for SortedMap<String, String> {
    const TYPE: MemberType = MemberType::TextMap;
    const REQUIRED: bool = true;

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        Option::<Self>::read(value, field)?.ok_or_else(|| field.missing())
    }

    fn write(&self) -> Option<Value> {
        Some(self.iter().map(|(k, v)| (k.clone(), Value::from(v.as_str()))).collect())
    }
}

impl Member for Option<SortedMap<String, String>> {
    const TYPE: MemberType = MemberType::TextMap;

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        present(value).map(|value| entries(value, field, text_or_empty)).transpose()
    }

    fn write(&self) -> Option<Value> {
        self.as_ref().map(|map| map.iter().map(|(k, v)| (k.clone(), Value::from(v.as_str()))).collect())
    }
}

/// A map of templates: a value may be `null`.
impl Member for Option<SortedMap<String, Option<String>>> {
    const TYPE: MemberType = MemberType::TextMap;

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        let nullable = |value: Value, field: &Field<'_>| match value {
            Value::Null => Ok(None),
            value => text(value, field).map(Some),
        };
        present(value).map(|value| entries(value, field, nullable)).transpose()
    }

    fn write(&self) -> Option<Value> {
        let value = |v: &Option<String>| v.as_ref().map_or(Value::Null, |v| Value::from(v.as_str()));
        self.as_ref().map(|map| map.iter().map(|(k, v)| (k.clone(), value(v))).collect())
    }
}

impl Member for Option<SortedMap<String, bool>> {
    const TYPE: MemberType = MemberType::BooleanMap;

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        let boolean = |value: Value, field: &Field<'_>| if value.is_null() { Ok(false) } else { boolean(value, field) };
        present(value).map(|value| entries(value, field, boolean)).transpose()
    }

    fn write(&self) -> Option<Value> {
        self.as_ref().map(|map| map.iter().map(|(k, v)| (k.clone(), Value::Bool(*v))).collect())
    }
}

impl Member for Option<SortedMap<String, Vec<String>>> {
    const TYPE: MemberType = MemberType::TextListMap;

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        let list = |value: Value, field: &Field<'_>| match value {
            Value::Array(items) => items.into_iter().map(|item| text(item, field)).collect(),
            other => Err(field.wrong(&other, "List")),
        };
        present(value).map(|value| entries(value, field, list)).transpose()
    }

    fn write(&self) -> Option<Value> {
        let list = |items: &Vec<String>| -> Value { items.iter().map(|item| Value::from(item.as_str())).collect() };
        self.as_ref().map(|map| map.iter().map(|(k, v)| (k.clone(), list(v))).collect())
    }
}
