//! The members of a request: where each goes on the wire, its type, and how it is read from and written to JSON.
//!
//! `operation!` declares a request once; the struct, its row in the operations table, its reader and its writer follow
//! from that one declaration, so that the wire, the command line and the stored form cannot disagree.

use super::{
    error::{ApiError, Violation},
    service::{OperationName, Service},
};
use crate::collections::SortedMap;
use serde_json::{Map, Value};

/// The members of a request or an answer, by the SDK's names.
pub type Members = Map<String, Value>;

/// Where a member of a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// Into the URI's template.
    Uri,
    /// Into the query.
    Query,
    /// Into the JSON body.
    Body,
    /// It is the body, and no JSON.
    Payload,
}

/// The type of a member, as far as a form or a command line must know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberType {
    /// Text.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Double,
    /// A list of texts.
    TextList,
    /// A map from text to text.
    TextMap,
    /// A map from text to lists of texts.
    TextListMap,
    /// A map from text to `true` or `false`.
    BooleanMap,
    /// A list of patch operations.
    PatchList,
    /// A structure of its own, with the SDK's names and the types of its members.
    Structure(&'static [(&'static str, MemberType)]),
    /// A list of such structures.
    StructureList(&'static [(&'static str, MemberType)]),
    /// A map from text to such structures.
    StructureMap(&'static [(&'static str, MemberType)]),
}

/// One member of a request.
#[derive(Clone, Copy, Debug)]
pub struct MemberRow {
    /// The SDK's name.
    pub name: &'static str,
    /// The name on the wire; mostly the same.
    pub wire_name: &'static str,
    /// Where it goes.
    pub location: Location,
    /// Its type.
    pub member_type: MemberType,
    /// Whether it must be given.
    pub required: bool,
}

/// One operation.
#[derive(Clone, Copy, Debug)]
pub struct OperationRow {
    /// The service that has it.
    pub service: &'static Service,
    /// AWS's name of it, such as `CreateDeployment`.
    pub name: &'static str,
    /// The HTTP method.
    pub verb: &'static str,
    /// The URI, with `{member}` for each URI member.
    pub uri: &'static str,
    /// The status of a successful answer.
    pub success: u16,
    /// Its members.
    pub members: &'static [MemberRow],
    /// Members that AWS has and Stagecraft refuses for now.
    pub not_modelled: &'static [&'static str],
}

impl OperationRow {
    /// Returns its name with its service.
    pub fn id(&self) -> OperationName {
        OperationName { service: self.service, name: self.name }
    }

    /// Returns the AWS CLI's name of it: `create-deployment`.
    pub fn cli_name(&self) -> String {
        kebab(self.name)
    }

    /// Tells whether it only reads.
    pub fn is_read(&self) -> bool {
        self.verb == "GET" || self.name.starts_with("TestInvoke")
    }
}

/// `restApiId` → `rest-api-id`, `CreateDeployment` → `create-deployment`, `providerARNs` → `provider-arns`.
pub fn kebab(camel: &str) -> String {
    let mut out = String::new();
    let mut in_capitals = true;
    for c in camel.chars() {
        if c.is_ascii_uppercase() && !in_capitals {
            out.push('-');
        }
        in_capitals = c.is_ascii_uppercase();
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// A type that a member can have.
pub(crate) trait Member: Sized {
    const TYPE: MemberType;
    const REQUIRED: bool = false;

    /// Reads the value given; `None` and JSON's `null` are the same.
    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError>;

    /// The value as JSON; `None` leaves the member out.
    fn write(&self) -> Option<Value>;
}

/// Where in an input a value stands, for error sentences.
pub(crate) struct Field<'a> {
    pub operation: &'a str,
    pub name: &'a str,
    pub in_uri: bool,
}

impl Field<'_> {
    /// AWS's notation: the plain name for a URI label, `createRestApiInput.name` for others.
    pub(crate) fn place(&self) -> String {
        if self.in_uri { self.name.to_owned() } else { format!("{}.{}", input_name(self.operation), self.name) }
    }

    fn missing(&self) -> ApiError {
        // Assumed: the sentence that AWS services of this kind give for a missing member.
        ApiError::Validation(vec![Violation { value: None, place: self.place(), constraint: "not be null".into() }])
    }

    fn wrong(&self, value: &Value, wanted: &str) -> ApiError {
        // Recorded for Boolean and number where text is due; the others assumed after them.
        let message = match value {
            Value::Bool(_) => format!("class java.lang.Boolean can not be converted to an {wanted}"),
            Value::Number(_) => {
                let number = "com.amazon.coral.value.json.numbers.TruncatingBigNumber";
                format!("class {number} can not be converted to an {wanted}")
            }
            Value::String(_) => format!("class java.lang.String can not be converted to an {wanted}"),
            Value::Array(_) => "Start of list found where not expected".into(),
            Value::Object(_) | Value::Null => "Start of structure or map found where not expected.".into(),
        };
        ApiError::Serialization { field: self.name.to_owned(), message }
    }
}

/// `PutIntegration` → `putIntegrationInput`.
pub(crate) fn input_name(operation: &str) -> String {
    let mut chars = operation.chars();
    let first = chars.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(chars).chain("Input".chars()).collect()
}

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
    read: impl Fn(Value, &Field<'_>) -> Result<T, ApiError>,
) -> Result<SortedMap<String, T>, ApiError> {
    match value {
        Value::Object(map) => map.into_iter().map(|(key, value)| Ok((key, read(value, field)?))).collect(),
        other => Err(field.wrong(&other, "Map")),
    }
}

fn present(value: Option<Value>) -> Option<Value> {
    value.filter(|value| !value.is_null())
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

/// Reads the members of a structure inside a request.
pub(crate) fn structure(value: Option<Value>, field: &Field<'_>) -> Result<Option<Members>, ApiError> {
    match present(value) {
        None => Ok(None),
        Some(Value::Object(map)) => Ok(Some(map)),
        Some(other) => Err(field.wrong(&other, "Structure")),
    }
}

/// Reads the items of a list inside a request.
pub(crate) fn list<T>(
    value: Option<Value>,
    field: &Field<'_>,
    read: impl Fn(Value) -> Result<T, ApiError>,
) -> Result<Option<Vec<T>>, ApiError> {
    match present(value) {
        None => Ok(None),
        Some(Value::Array(items)) => items.into_iter().map(read).collect::<Result<_, _>>().map(Some),
        Some(other) => Err(field.wrong(&other, "List")),
    }
}

/// The members that are given, by name.
pub(crate) fn written(members: Vec<(&'static str, Option<Value>)>) -> Members {
    members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// Declares a request: the struct, its row, its reader and its writer.
///
/// `name: Type = Location "sdkName"` or, where the wire spells it otherwise, `= Location "sdkName" as "wireName"`.
macro_rules! operation {
    (
        $(#[$doc:meta])*
        $name:ident: $verb:literal $uri:literal => $success:literal {
            $($(#[$mdoc:meta])* $member:ident: $type:ty = $location:ident $sdk:literal $(as $wire:literal)?;)*
        }
        $(not modelled: [$($later:literal),* $(,)?])?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name { $($(#[$mdoc])* pub $member: $type),* }

        impl $crate::control_plane::operations::Request for $name {
            const ROW: $crate::control_plane::members::OperationRow = $crate::control_plane::members::OperationRow {
                service: $crate::control_plane::Service::API_GATEWAY,
                name: stringify!($name),
                verb: $verb,
                uri: $uri,
                success: $success,
                members: &[$($crate::control_plane::members::MemberRow {
                    name: $sdk,
                    wire_name: $crate::control_plane::members::wire_name!($sdk $(, $wire)?),
                    location: $crate::control_plane::members::Location::$location,
                    member_type: <$type as $crate::control_plane::members::Member>::TYPE,
                    required: <$type as $crate::control_plane::members::Member>::REQUIRED,
                }),*],
                not_modelled: &[$($($later),*)?],
            };

            fn read(input: &mut $crate::control_plane::members::Members)
                -> Result<Self, $crate::control_plane::error::ApiError>
            {
                // A request without members reads none.
                let _ = &input;
                Ok(Self { $($member: <$type as $crate::control_plane::members::Member>::read(
                    input.remove($sdk),
                    &$crate::control_plane::members::Field {
                        operation: stringify!($name),
                        name: $sdk,
                        in_uri: matches!(
                            $crate::control_plane::members::Location::$location,
                            $crate::control_plane::members::Location::Uri
                        ),
                    },
                )?),* })
            }

            fn write(&self) -> $crate::control_plane::members::Members {
                $crate::control_plane::members::written(vec![
                    $(($sdk, $crate::control_plane::members::Member::write(&self.$member))),*
                ])
            }

            fn apply(&self, world: &mut $crate::control_plane::World<'_>)
                -> Result<serde_json::Value, $crate::control_plane::error::ApiError>
            {
                self.execute(world)
            }

            fn violations(&self) -> Vec<$crate::control_plane::error::Violation> {
                self.check()
            }
        }
    };
}

macro_rules! wire_name {
    ($sdk:literal) => {
        $sdk
    };
    ($sdk:literal, $wire:literal) => {
        $wire
    };
}

/// Requests whose model has no constraints beyond the types of their members.
macro_rules! unconstrained {
    ($($name:ident),+ $(,)?) => {
        $(impl $name {
            fn check(&self) -> Vec<$crate::control_plane::error::Violation> {
                Vec::new()
            }
        })+
    };
}

pub(crate) use {operation, unconstrained, wire_name};
