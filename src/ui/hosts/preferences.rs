//! The memory that this browser has of a visitor beside the work: a few short texts. One that cannot be kept is forgotten, and
//! nothing else comes of it.

/// Reads what is remembered under a name.
pub(super) fn get(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Remembers a text under a name, or forgets it.
pub(super) fn set(name: &str, text: Option<&str>) {
    if let Some(storage) = storage() {
        let _ = match text {
            Some(text) => storage.set_item(name, text),
            None => storage.remove_item(name),
        };
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
