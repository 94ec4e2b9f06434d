//! Describes what answers a method: the backend, how a request is mapped to it and how its answer is mapped back.

use super::{GivenEmpty, HttpMethod, StatusCode};
use crate::collections::SortedMap;
use std::rc::Rc;

macro_rules! wire_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// All values, in the order in which screens list them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Parses the name on AWS's wire.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.as_str() == text)
            }

            /// Returns the name on AWS's wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}
pub(super) use wire_enum;

wire_enum! {
    /// The kind of backend.
    IntegrationType {
        /// No backend: the templates make the answer.
        Mock = "MOCK",
        /// An HTTP endpoint, with mapping.
        Http = "HTTP",
        /// An HTTP endpoint, passed through.
        HttpProxy = "HTTP_PROXY",
        /// An AWS service action, with mapping.
        Aws = "AWS",
        /// A Lambda function that gets the whole request.
        AwsProxy = "AWS_PROXY",
    }
}

wire_enum! {
    /// How the gateway reaches an HTTP backend.
    ConnectionType {
        /// Over the public internet.
        Internet = "INTERNET",
        /// Through a VPC link.
        VpcLink = "VPC_LINK",
    }
}

wire_enum! {
    /// The treatment of a request whose content type has no template.
    PassthroughBehavior {
        /// Pass the body when no template matches.
        WhenNoMatch = "WHEN_NO_MATCH",
        /// Pass the body only when there are no templates at all.
        WhenNoTemplates = "WHEN_NO_TEMPLATES",
        /// Answer 415.
        Never = "NEVER",
    }
}

wire_enum! {
    /// Conversion of a payload between text and bytes.
    ContentHandling {
        /// From base64 text to bytes.
        ConvertToBinary = "CONVERT_TO_BINARY",
        /// From bytes to base64 text.
        ConvertToText = "CONVERT_TO_TEXT",
    }
}

/// TLS towards an HTTP backend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TlsConfig {
    /// Skip the check that a trusted authority issued the certificate.
    pub insecure_skip_verification: bool,
}

/// The integration of a method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Integration {
    /// The kind of backend.
    pub kind: IntegrationType,
    /// The verb sent to the backend; absent for MOCK.
    pub http_method: Option<HttpMethod>,
    /// The backend's address; absent for MOCK.
    pub uri: Option<String>,
    /// How the gateway reaches it; only HTTP kinds have one.
    pub connection_type: Option<ConnectionType>,
    /// The VPC link.
    pub connection_id: Option<String>,
    /// The role that the gateway assumes.
    pub credentials: Option<String>,
    /// `integration.request.{header|querystring|path}.{name}` → mapping expression.
    pub request_parameters: SortedMap<String, String>,
    /// Content type → template.
    pub request_templates: SortedMap<String, Option<String>>,
    /// Which of its maps were given empty.
    pub given: GivenEmpty,
    /// The treatment of other content types.
    pub passthrough_behavior: PassthroughBehavior,
    /// The cache's namespace; the resource's id unless given.
    pub cache_namespace: String,
    /// Parameters that are part of the cache key.
    pub cache_key_parameters: Vec<String>,
    /// Conversion of the request's payload.
    pub content_handling: Option<ContentHandling>,
    /// Milliseconds until the gateway gives up; 50 to 29,000.
    pub timeout_in_millis: u32,
    /// TLS towards the backend.
    pub tls_config: Option<TlsConfig>,
    /// `BUFFERED` or `STREAM`.
    pub response_transfer_mode: Option<String>,
    /// The load balancer behind a VPC link.
    pub integration_target: Option<String>,
    /// How the backend's answers become the method's, by status.
    pub responses: SortedMap<StatusCode, Rc<IntegrationResponse>>,
}

impl Integration {
    /// Makes a MOCK integration that nobody has configured yet, with AWS's defaults.
    pub fn mock(cache_namespace: impl Into<String>) -> Self {
        Self {
            kind: IntegrationType::Mock,
            http_method: None,
            uri: None,
            connection_type: None,
            connection_id: None,
            credentials: None,
            request_parameters: SortedMap::new(),
            request_templates: SortedMap::new(),
            given: GivenEmpty::default(),
            passthrough_behavior: PassthroughBehavior::WhenNoMatch,
            cache_namespace: cache_namespace.into(),
            cache_key_parameters: Vec::new(),
            content_handling: None,
            timeout_in_millis: 29_000,
            tls_config: None,
            response_transfer_mode: None,
            integration_target: None,
            responses: SortedMap::new(),
        }
    }
}

/// How one class of backend answers becomes one answer of the method.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IntegrationResponse {
    /// The regular expression that picks this entry; none or empty makes it the default.
    pub selection_pattern: Option<String>,
    /// `method.response.header.{name}` → mapping expression.
    pub response_parameters: SortedMap<String, String>,
    /// Content type → template.
    pub response_templates: SortedMap<String, Option<String>>,
    /// Which of its maps were given empty.
    pub given: GivenEmpty,
    /// Conversion of the answer's payload.
    pub content_handling: Option<ContentHandling>,
}

impl IntegrationResponse {
    /// Tells whether this is the entry that answers when no pattern matches.
    pub fn is_default(&self) -> bool {
        self.selection_pattern.as_deref().unwrap_or_default().is_empty()
    }
}
