//! What was done and what differs: the difference between two versions of an API.
//!
//! It never decides what is allowed and never changes an API; that is `control_plane`.

pub mod diff;
