//! AWS's patch dialect (not RFC 6902): operations in order, all or nothing, values always text, `~1` for a slash in a name.

use super::{
    error::{ApiError, Violation},
    members::{Field, Member, MemberType, input_name, structure},
};
use crate::collections::SortedMap;
use serde_json::{Map, Value};

/// The ops of AWS's dialect, in the order of its own sentence (recorded).
const OPS: [&str; 6] = ["add", "remove", "move", "test", "replace", "copy"];

/// The kind of a patch operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Add,
    Remove,
    Replace,
    Copy,
    Other,
}

/// One operation of a PATCH.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PatchOperation {
    /// `add`, `remove`, `replace`, `copy` …
    pub op: String,
    /// The path.
    pub path: Option<String>,
    /// The value; always text.
    pub value: Option<String>,
    /// The source of a `copy`.
    pub from: Option<String>,
}

impl PatchOperation {
    /// Makes a `replace`.
    pub fn replace(path: impl Into<String>, value: impl Into<String>) -> Self {
        Self { op: "replace".into(), path: Some(path.into()), value: Some(value.into()), from: None }
    }

    /// Makes an `add`.
    pub fn add(path: impl Into<String>, value: impl Into<String>) -> Self {
        Self { op: "add".into(), ..Self::replace(path, value) }
    }

    /// Makes a `remove`.
    pub fn remove(path: impl Into<String>) -> Self {
        Self { op: "remove".into(), path: Some(path.into()), value: None, from: None }
    }

    pub(crate) fn kind(&self) -> Op {
        match self.op.as_str() {
            "add" => Op::Add,
            "remove" => Op::Remove,
            "replace" => Op::Replace,
            "copy" => Op::Copy,
            _ => Op::Other,
        }
    }

    /// Returns the path as it is given; `null` when it is absent, as AWS prints it (recorded).
    pub(crate) fn path_text(&self) -> &str {
        self.path.as_deref().unwrap_or("null")
    }

    /// Returns the segments of the path, unescaped; no segment when it does not begin with a slash, as every path does
    /// (documented).
    pub(crate) fn segments(&self) -> Vec<String> {
        let path = self.path.as_deref().and_then(|path| path.strip_prefix('/'));
        path.map_or_else(Vec::new, |path| path.split('/').map(unescape).collect())
    }

    /// Returns the value, empty when absent.
    pub(crate) fn text(&self) -> &str {
        self.value.as_deref().unwrap_or_default()
    }

    /// Returns the value, when it is given and not empty.
    pub(crate) fn text_if_any(&self) -> Option<String> {
        self.value.clone().filter(|value| !value.is_empty())
    }

    /// Tells whether the value is `true`, in any case; everything else is false (recorded).
    pub(crate) fn is_true(&self) -> bool {
        self.text().eq_ignore_ascii_case("true")
    }

    /// Refuses every op but those allowed, in AWS's words.
    pub(crate) fn only(&self, allowed: &[Op]) -> Result<(), ApiError> {
        if allowed.contains(&self.kind()) {
            return Ok(());
        }
        let names: Vec<&str> = allowed.iter().map(|op| op.as_str()).collect();
        Err(patch_error(format!("Invalid patch operation specified. Must be one of: [{}]", names.join(", "))))
    }

    /// Returns the error `Invalid patch path /x`.
    pub(crate) fn bad_path(&self) -> ApiError {
        patch_error(format!("Invalid patch path {}", self.path_text()))
    }

    /// Returns the error `Invalid patch path  '/x' specified for op 'replace'. Must be one of: [...]`, the other form that
    /// AWS has.
    pub(crate) fn bad_path_of(&self, allowed: &str) -> ApiError {
        let (path, op) = (self.path_text(), &self.op);
        patch_error(format!("Invalid patch path  '{path}' specified for op '{op}'. Must be one of: [{allowed}]"))
    }

    /// Returns the path, for objects that take only `replace` and only of these paths, which are listed as AWS lists them
    /// (recorded).
    pub(crate) fn replaces_one_of(&self, known: &[&'static str]) -> Result<&'static str, ApiError> {
        if self.kind() != Op::Replace {
            return Err(self.bad_op());
        }
        let found = known.iter().copied().find(|path| *path == self.path_text());
        found.ok_or_else(|| self.bad_path_of(&known.join(", ")))
    }

    /// Returns the error `Invalid patch path  '/x' specified for op 'remove'. Please choose supported operations`.
    pub(crate) fn bad_op(&self) -> ApiError {
        let (path, op) = (self.path_text(), &self.op);
        patch_error(format!("Invalid patch path  '{path}' specified for op '{op}'. Please choose supported operations"))
    }
}

impl Op {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Remove => "remove",
            Self::Replace => "replace",
            Self::Copy => "copy",
            Self::Other => "test",
        }
    }
}

/// Makes the refusal of a patch.
pub(crate) fn patch_error(message: impl Into<std::rc::Rc<str>>) -> ApiError {
    ApiError::invalid("patchOperations", message)
}

/// Turns `~1` to `/` and `~0` to `~`.
pub(crate) fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

/// Writes a name as one segment of a patch path.
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Returns the violations of operations with an unknown op, which AWS reports before anything else (recorded).
pub(crate) fn op_violations(operation: &str, patches: &[PatchOperation]) -> Vec<Violation> {
    let bad = |(at, patch): (usize, &PatchOperation)| {
        (!OPS.contains(&patch.op.as_str())).then(|| Violation {
            value: Some(patch.op.clone()),
            place: format!("{}.patchOperations.{}.member.op", input_name(operation), at + 1),
            constraint: format!("satisfy enum value set: [{}]", OPS.join(", ")),
        })
    };
    patches.iter().enumerate().filter_map(bad).collect()
}

/// Applies add, replace or remove to one entry of a map. Removing what is not there is `missing`.
pub(crate) fn patch_entry<V>(
    map: &mut SortedMap<String, V>,
    key: String,
    patch: &PatchOperation,
    value: impl FnOnce(&PatchOperation) -> Result<V, ApiError>,
    missing: ApiError,
) -> Result<(), ApiError> {
    match patch.kind() {
        Op::Add => {
            map.insert(key, value(patch)?);
        }
        Op::Replace if map.contains_key(&key) => {
            map.insert(key, value(patch)?);
        }
        Op::Remove if map.contains_key(&key) => {
            map.remove(&key);
        }
        Op::Replace | Op::Remove => return Err(missing),
        Op::Copy | Op::Other => return Err(patch.bad_path()),
    }
    Ok(())
}

impl Member for Vec<PatchOperation> {
    const TYPE: MemberType = MemberType::PatchList;

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        let items = match value {
            None | Some(Value::Null) => return Ok(Self::new()),
            Some(Value::Array(items)) => items,
            Some(_) => {
                let message = "Unexpected value type in payload".to_owned(); // assumed
                return Err(ApiError::Serialization { field: field.name.to_owned(), message });
            }
        };
        let operation = |item: Value| {
            let mut members = structure(Some(item), field)?.unwrap_or_default();
            let mut take = |name: &str| Option::<String>::read(members.remove(name), field);
            Ok(PatchOperation {
                op: take("op")?.unwrap_or_default(),
                path: take("path")?,
                value: take("value")?,
                from: take("from")?,
            })
        };
        items.into_iter().map(operation).collect()
    }

    fn write(&self) -> Option<Value> {
        let item = |patch: &PatchOperation| {
            let mut out = Map::new();
            out.insert("op".into(), patch.op.as_str().into());
            for (name, value) in [("path", &patch.path), ("value", &patch.value), ("from", &patch.from)] {
                if let Some(value) = value {
                    out.insert(name.into(), value.as_str().into());
                }
            }
            Value::Object(out)
        };
        Some(self.iter().map(item).collect())
    }
}
