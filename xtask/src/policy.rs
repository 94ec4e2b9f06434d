//! `cargo xtask policy`: called by Trunk when a page is built. Must leave a release page exactly as it is.
//!
//! `trunk serve` adds an inline script that reloads the page, and index.html's Content-Security-Policy forbids inline
//! scripts. So a page that is being served for development is let off that one rule.

use std::env;
use std::path::PathBuf;

use crate::run::{self, Result};

const STRICT: &str = "script-src 'self' 'wasm-unsafe-eval'";
const SERVED: &str = "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'";

/// Set by `cargo xtask serve`, whose pages are let off even when they are optimised. Plain `trunk serve` makes debug pages.
pub(crate) const SERVING: &str = "STAGECRAFT_SERVING";

/// Loosens the policy of the page in Trunk's staging folder if the page is for development.
pub(crate) fn run() -> Result {
    let staging = env::var_os("TRUNK_STAGING_DIR").ok_or("`cargo xtask policy` is for Trunk to call.")?;
    let page = PathBuf::from(staging).join("index.html");
    let html = run::read(&page)?;
    if !html.contains(STRICT) {
        return Err(format!(
            "index.html's policy does not say \"{STRICT}\" any more; xtask/src/policy.rs must follow."
        ));
    }
    if env::var("TRUNK_PROFILE").as_deref() == Ok("debug") || env::var_os(SERVING).is_some() {
        run::write(&page, &html.replacen(STRICT, SERVED, 1))?;
    }
    Ok(())
}
