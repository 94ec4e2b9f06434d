//! The members of a request: where each goes on the wire, its type, and how it is read from and written to JSON.
//!
//! `operation!` declares a request once; the struct, its row in the operations table, its reader and its writer follow
//! from that one declaration, so that the wire, the command line and the stored form cannot disagree.

use super::{
    World,
    error::{ApiError, Violation},
    service::{OperationName, Service},
};
use crate::text::kebab;
use serde_json::{Map, Value};
use std::slice::Iter;

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
    Structure(&'static [(&'static str, Self)]),
    /// A list of such structures.
    StructureList(&'static [(&'static str, Self)]),
    /// A map from text to such structures.
    StructureMap(&'static [(&'static str, Self)]),
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
    /// Tells whether the answer's body is no JSON, but a payload.
    pub answers_payload: bool,
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

/// A type that a member can have; its default stands for a value that could not be read.
pub(crate) trait Member: Default {
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

    pub(super) fn missing(&self) -> ApiError {
        // Assumed: the sentence that AWS services of this kind give for a missing member.
        ApiError::Validation(vec![Violation { value: None, place: self.place(), constraint: "not be null".into() }])
    }

    pub(super) fn wrong(&self, value: &Value, wanted: &str) -> ApiError {
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

/// Returns the value that is given; `null` is none.
pub(super) fn present(value: Option<Value>) -> Option<Value> {
    value.filter(|value| !value.is_null())
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

/// Every request can do this; `operation!` implements it.
pub(crate) trait Request {
    /// Hands its members to a writer, in the order of its row.
    fn write(&self, writer: &mut Writer);

    /// Lists the constraints of the model that are violated; AWS reports them before it looks anything up.
    fn violations(&self) -> Vec<Violation>;

    /// Carries it out; the answer's body, `Null` when it has none.
    fn apply(&self, world: &mut World<'_>) -> Result<Value, ApiError>;
}

/// A request that has a row in the table; `operation!` implements it.
pub(crate) trait Operation: Request {
    /// Its row.
    const ROW: OperationRow;

    /// Takes its members from a reader, in the order of its row.
    fn read(reader: &mut Reader<'_>) -> Self;
}

/// Hands out the members of an input one after the other, as a row lists them. A fault is kept, and whoever reads goes on
/// with defaults: so the code of an operation is one call per member.
pub(crate) struct Reader<'a> {
    row: &'static OperationRow,
    members: Iter<'static, MemberRow>,
    input: &'a mut Members,
    fault: Option<ApiError>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(row: &'static OperationRow, input: &'a mut Members) -> Self {
        Self { row, members: row.members.iter(), input, fault: None }
    }

    /// Reads the next member.
    #[inline(never)]
    pub(crate) fn next<T: Member>(&mut self) -> T {
        let Some((field, value)) = self.take() else { return T::default() };
        match T::read(value, &field) {
            Ok(value) => value,
            Err(fault) => {
                self.fault = Some(fault);
                T::default()
            }
        }
    }

    fn take(&mut self) -> Option<(Field<'static>, Option<Value>)> {
        let member = self.members.next().filter(|_| self.fault.is_none())?;
        let in_uri = member.location == Location::Uri;
        let field = Field { operation: self.row.name, name: member.name, in_uri };
        Some((field, self.input.remove(member.name)))
    }

    /// Returns what was read, unless a member could not be.
    pub(crate) fn finish<T>(self, read: T) -> Result<T, ApiError> {
        self.fault.map_or(Ok(read), Err)
    }
}

/// Takes the members of a request one after the other, as a row lists them.
pub(crate) struct Writer {
    members: Iter<'static, MemberRow>,
    out: Members,
}

impl Writer {
    pub(crate) fn new(row: &'static OperationRow) -> Self {
        Self { members: row.members.iter(), out: Members::new() }
    }

    /// Writes the next member, unless it is left out.
    #[inline(never)]
    pub(crate) fn next<T: Member>(&mut self, member: &T) {
        let value = member.write();
        if let (Some(row), Some(value)) = (self.members.next(), value) {
            self.out.insert(row.name.to_owned(), value);
        }
    }

    pub(crate) fn done(self) -> Members {
        self.out
    }
}

/// Declares a request: the struct, its row, its reader and its writer.
///
/// `name: Type = Location "sdkName"` or, where the wire spells it otherwise, `= Location "sdkName" as "wireName"`. An operation
/// that ends with `World::answer_with` says `answers: payload` after its members.
macro_rules! operation {
    (
        $(#[$doc:meta])*
        $name:ident: $verb:literal $uri:literal => $success:literal {
            $($(#[$mdoc:meta])* $member:ident: $type:ty = $location:ident $sdk:literal $(as $wire:literal)?;)*
        }
        $(answers: $answer:ident)?
        $(not modelled: [$($later:literal),* $(,)?])?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name { $($(#[$mdoc])* pub $member: $type),* }

        impl $crate::control_plane::members::Operation for $name {
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
                answers_payload: $crate::control_plane::members::answers_payload!($($answer)?),
                not_modelled: &[$($($later),*)?],
            };

            fn read(reader: &mut $crate::control_plane::members::Reader<'_>) -> Self {
                // A request without members reads none.
                let _ = &reader;
                Self { $($member: reader.next()),* }
            }
        }

        impl $crate::control_plane::members::Request for $name {
            fn write(&self, writer: &mut $crate::control_plane::members::Writer) {
                let _ = &writer;
                $(writer.next(&self.$member);)*
            }

            fn violations(&self) -> Vec<$crate::control_plane::error::Violation> {
                self.check()
            }

            fn apply(&self, world: &mut $crate::control_plane::World<'_>)
                -> Result<serde_json::Value, $crate::control_plane::error::ApiError>
            {
                self.execute(world)
            }
        }
    };
}

macro_rules! answers_payload {
    () => {
        false
    };
    (payload) => {
        true
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

pub(crate) use {answers_payload, operation, unconstrained, wire_name};
