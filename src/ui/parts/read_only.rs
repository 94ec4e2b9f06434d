//! Whether what stands around may be changed. The one who knows says so once, above; fields and buttons below follow.

use yew::{hook, use_context};

/// Why nothing below can be changed; `None` when it can. A context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadOnly(pub Option<&'static str>);

/// Returns why nothing can be changed here; `None` when it can.
#[hook]
pub fn use_read_only() -> Option<&'static str> {
    use_context::<ReadOnly>().and_then(|read_only| read_only.0)
}
