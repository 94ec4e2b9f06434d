//! A newtype per identifier, so that one kind of id cannot stand where another is meant.

use std::{borrow::Borrow, fmt, ops::Deref, rc::Rc};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Rc<str>);

        impl $name {
            /// Wraps an id that `Env` minted, or one that a request names.
            pub fn new(id: impl Into<Rc<str>>) -> Self {
                Self(id.into())
            }

            /// Returns the id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    };
}

id! {
    /// The id of a `RestApi`: ten lower-case letters and digits; the first label of its invoke URLs.
    ApiId
}
id! {
    /// The id of a `Resource`: six lower-case letters and digits, ten for the root.
    ResourceId
}
id! {
    /// The id of a `Deployment`: six lower-case letters and digits.
    DeploymentId
}
id! {
    /// The id of a `ClientCertificate`: six lower-case letters and digits.
    ClientCertificateId
}
id! {
    /// The id of a `Model`: six lower-case letters and digits.
    ModelId
}
id! {
    /// The id of a `RequestValidator`: six lower-case letters and digits.
    RequestValidatorId
}
id! {
    /// The id of an `Authorizer`: six lower-case letters and digits.
    AuthorizerId
}
