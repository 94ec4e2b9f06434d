//! The half of the endpoint without a network: a whole request in, an answer out, whoever listens.
//!
//! [`Front`] puts it together: `gate` says who may ask, `target` what for, `worlds` keeps a workspace per region. Decides
//! nothing of the domain.

mod answer;
mod front;
mod gate;
mod target;
mod worlds;

pub use answer::{Answer, Headers};
pub use front::{Front, Incoming};
pub use gate::AllowedOrigin;
