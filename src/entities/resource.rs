//! A node of an API's resource tree.

use super::{HttpMethod, Method, ResourceId};
use crate::collections::SortedMap;
use std::{fmt, rc::Rc};

/// The segments that a path part matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathPartKind {
    /// Exactly itself.
    Static,
    /// `{name}`: any one segment.
    Variable,
    /// `{name+}`: one or more segments.
    Greedy,
}

/// One segment of a resource's path: `users`, `{userId}` or `{proxy+}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathPart(Rc<str>);

impl PathPart {
    /// Parses a path part: letters, digits and `._-:`, a variable as a whole segment in braces, with `+` when greedy.
    ///
    /// The grammar is inferred from emulators and public reports; AWS documents that a variable must be a whole segment.
    pub fn parse(text: &str) -> Option<Self> {
        let name = match text.strip_prefix('{') {
            Some(rest) => {
                let name = rest.strip_suffix('}')?;
                name.strip_suffix('+').unwrap_or(name)
            }
            None => text,
        };
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b':');
        (!name.is_empty() && name.bytes().all(allowed)).then(|| Self(text.into()))
    }

    /// Returns the part as it stands in the path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns what it matches.
    pub fn kind(&self) -> PathPartKind {
        if !self.0.starts_with('{') {
            return PathPartKind::Static;
        }
        if self.0.ends_with("+}") { PathPartKind::Greedy } else { PathPartKind::Variable }
    }

    /// Returns the variable's name, without braces and plus; `None` for a static part.
    pub fn variable(&self) -> Option<&str> {
        let name = self.0.strip_prefix('{')?.strip_suffix('}')?;
        Some(name.strip_suffix('+').unwrap_or(name))
    }
}

impl fmt::Display for PathPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A node of the resource tree. Its path follows from its parents and is computed by `ApiConfig::path_of`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Its id.
    pub id: ResourceId,
    /// Its parent and its own segment; the root has neither.
    pub place: Option<(ResourceId, PathPart)>,
    /// Its methods.
    pub methods: SortedMap<HttpMethod, Rc<Method>>,
}

impl Resource {
    /// Returns the parent; `None` for the root.
    pub fn parent_id(&self) -> Option<&ResourceId> {
        self.place.as_ref().map(|(parent, _)| parent)
    }

    /// Returns the method that serves a verb: the verb's own, or else ANY.
    pub fn serving(&self, verb: HttpMethod) -> Option<&Rc<Method>> {
        self.methods.get(&verb).or_else(|| self.methods.get(&HttpMethod::Any))
    }

    /// The own segment; `None` for the root.
    pub fn path_part(&self) -> Option<&PathPart> {
        self.place.as_ref().map(|(_, part)| part)
    }
}
