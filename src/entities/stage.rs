//! A stage: a name that points at a deployment, with settings of its own that act at once.

use super::{DeploymentId, Timestamp};
use crate::collections::SortedMap;
use std::{borrow::Borrow, fmt, ops::Deref, rc::Rc};

/// The name of a stage: letters, digits, `_` and `-`, 1 to 128 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StageName(Rc<str>);

impl StageName {
    /// Parses a name. `$default` is refused: it exists for HTTP APIs only.
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
        ((1..=128).contains(&text.len()) && text.bytes().all(allowed)).then(|| Self(text.into()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for StageName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Deref for StageName {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of a stage variable: word characters only, at most 64 (quota).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VariableName(Rc<str>);

impl VariableName {
    /// Parses a name.
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        (!text.is_empty() && text.bytes().all(allowed)).then(|| Self(text.into()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for VariableName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// The value of a stage variable: `[A-Za-z0-9-._~:/?#&=,]+`, at most 512 characters (quota).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableValue(Rc<str>);

impl VariableValue {
    /// Parses a value; an empty one is refused.
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#&=,".contains(&b);
        (!text.is_empty() && text.bytes().all(allowed)).then(|| Self(text.into()))
    }

    /// The value as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A stage. `deployment_id` is its only link to a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its name, the first segment of its URLs; it cannot change.
    pub name: StageName,
    /// The deployment that answers.
    pub deployment_id: DeploymentId,
    /// What the author wrote about it.
    pub description: Option<String>,
    /// Stage variables; never part of a deployment, so a change acts at once.
    pub variables: SortedMap<VariableName, VariableValue>,
    /// Tags.
    pub tags: SortedMap<String, String>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub last_updated: Timestamp,
}
