//! How the page opens: what is shown first, what comes with the second file, and the whole of it.

mod app;
mod later;
mod opening;

pub use app::{App, AppProps};
pub use opening::{mount, start};
