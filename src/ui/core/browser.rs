//! What the engine asks of a browser: its clock and its chance; and which machine it runs on.

use crate::entities::Timestamp;

/// Reads the browser's clock.
pub(in crate::ui) fn now() -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit")]
    Timestamp(js_sys::Date::now() as i64)
}

/// Makes a seed out of the browser's chance.
pub(in crate::ui) fn seed() -> u64 {
    js_sys::Math::random().to_bits() ^ js_sys::Date::now().to_bits().rotate_left(32)
}

/// Tells whether this is a Mac, whose keys have other names.
pub(in crate::ui) fn is_mac() -> bool {
    let platform = gloo::utils::window().navigator().platform();
    platform.is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
}
