//! The engine's questions to a browser: its clock, its chance and a place for files; and which machine it runs on.

use crate::entities::Timestamp;
use js_sys::Array;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Milliseconds until the address of a download is given back; by then every browser has begun to read it.
const KEPT: u32 = 20_000;

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

/// Makes a file of a text or of an array of bytes.
pub(in crate::ui) fn blob(media_type: &str, content: &JsValue) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_str_sequence_and_options(&Array::of1(content), &options)
}

/// Offers a text or an array of bytes as a file to download; `None` when the browser refuses.
pub(in crate::ui) fn offer_file(name: &str, media_type: &str, content: &JsValue) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let body = document.body()?;
    let url = Url::create_object_url_with_blob(&blob(media_type, content).ok()?).ok()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.set_hidden(true);
    body.append_child(&link).ok()?;
    link.click();
    link.remove();
    gloo::timers::callback::Timeout::new(KEPT, move || drop(Url::revoke_object_url(&url))).forget();
    Some(())
}
