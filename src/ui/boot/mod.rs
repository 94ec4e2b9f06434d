//! Opens the page: what is shown first, what comes with the later files, and the whole of it.

mod app;
mod later;
mod opening;
mod screens;

pub use app::{App, AppProps};
pub use opening::{mount, start};
