//! An API's documentation: parts, each about one thing of the API, and versions, which freeze all parts. No deployment freezes
//! them, and no caller sees them.

use super::{Timestamp, integration::wire_enum};
use crate::collections::SharedMap;
use std::rc::Rc;

wire_enum! {
    /// The thing that a documentation part is about.
    DocumentationPartType {
        /// The API.
        Api = "API",
        /// An authorizer.
        Authorizer = "AUTHORIZER",
        /// A model.
        Model = "MODEL",
        /// A resource.
        Resource = "RESOURCE",
        /// A method.
        Method = "METHOD",
        /// A path variable.
        PathParameter = "PATH_PARAMETER",
        /// A parameter of the query.
        QueryParameter = "QUERY_PARAMETER",
        /// A header of the request.
        RequestHeader = "REQUEST_HEADER",
        /// The body of the request.
        RequestBody = "REQUEST_BODY",
        /// A response.
        Response = "RESPONSE",
        /// A header of a response.
        ResponseHeader = "RESPONSE_HEADER",
        /// The body of a response.
        ResponseBody = "RESPONSE_BODY",
    }
}

impl DocumentationPartType {
    /// Tells whether a location of this type has a path (documented).
    pub fn has_path(self) -> bool {
        !matches!(self, Self::Api | Self::Authorizer | Self::Model)
    }

    /// Tells whether it has a method (documented).
    pub fn has_method(self) -> bool {
        self.has_path() && self != Self::Resource
    }

    /// Tells whether it has a status (documented).
    pub fn has_status(self) -> bool {
        matches!(self, Self::Response | Self::ResponseHeader | Self::ResponseBody)
    }

    /// Tells whether it has a name (documented).
    pub fn has_name(self) -> bool {
        matches!(
            self,
            Self::Authorizer
                | Self::Model
                | Self::PathParameter
                | Self::QueryParameter
                | Self::RequestHeader
                | Self::RequestBody
                | Self::ResponseHeader
        )
    }
}

/// The thing that a documentation part is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentationLocation {
    /// The kind of thing.
    pub kind: DocumentationPartType,
    /// The path; `None` stands for `/`.
    pub path: Option<String>,
    /// The method; `None` stands for any.
    pub method: Option<String>,
    /// The status; `None` stands for any.
    pub status_code: Option<String>,
    /// The name.
    pub name: Option<String>,
}

impl DocumentationLocation {
    /// The location with its defaults put in (documented): two parts are about one thing when these are equal.
    pub fn whole(&self) -> (&'static str, &str, &str, &str, &str) {
        (
            self.kind.as_str(),
            self.path.as_deref().unwrap_or("/"),
            self.method.as_deref().unwrap_or("*"),
            self.status_code.as_deref().unwrap_or("*"),
            self.name.as_deref().unwrap_or_default(),
        )
    }
}

/// A piece of documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentationPart {
    /// Its id.
    pub id: Rc<str>,
    /// The thing that it is about.
    pub location: DocumentationLocation,
    /// Its words: a JSON object, as text.
    pub properties: String,
}

/// All parts at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentationVersion {
    /// Its name.
    pub version: Rc<str>,
    /// The author's words about it.
    pub description: Option<String>,
    /// When it was made.
    pub created: Timestamp,
    /// The parts.
    pub parts: SharedMap<Rc<str>, Rc<DocumentationPart>>,
}

/// The documentation of an API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documentation {
    /// The parts by id.
    pub parts: SharedMap<Rc<str>, Rc<DocumentationPart>>,
    /// The versions by name.
    pub versions: SharedMap<Rc<str>, Rc<DocumentationVersion>>,
}
