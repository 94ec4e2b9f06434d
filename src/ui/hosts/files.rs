//! Files to and from the user's disk.

use crate::ui::core::browser::offer_file;
use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// Why a file could not be read or offered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// Too many bytes.
    #[error("{name} is larger than {} MB, the most that can be opened.", .limit / 1024 / 1024)]
    TooLarge {
        /// The file's name.
        name: String,
        /// Bytes that are allowed.
        limit: usize,
    },
    /// The browser cannot read it.
    #[error("{0} could not be read. It may have been moved or changed; choose it again.")]
    Unreadable(String),
    /// Not text.
    #[error("{0} is not a text file.")]
    NotText(String),
    /// The browser did not take the download.
    #[error("The browser did not take the file. Allow downloads for this page and try again.")]
    NoDownload,
}

/// Offers a text as a file to download.
///
/// # Errors
/// The browser refuses.
pub fn download(name: &str, media_type: &str, text: &str) -> Result<(), FileProblem> {
    offer_file(name, media_type, &text.into()).ok_or(FileProblem::NoDownload)
}

/// Returns a name for a file, made of the name of what it holds: `my-api.json`.
pub fn file_name(name: &str, extension: &str) -> String {
    let mut stem = String::new();
    for c in name.chars().take(60) {
        match c {
            c if c.is_alphanumeric() => stem.extend(c.to_lowercase()),
            _ if stem.is_empty() || stem.ends_with('-') => {}
            _ => stem.push('-'),
        }
    }
    let stem = stem.trim_end_matches('-');
    format!("{}.{extension}", if stem.is_empty() { "stagecraft" } else { stem })
}

/// Reads a file that the user chose, up to a number of bytes.
///
/// # Errors
/// It is larger, cannot be read, or is no UTF-8 text.
pub async fn read(file: &File, limit: usize) -> Result<String, FileProblem> {
    let name = file.name();
    #[expect(clippy::cast_precision_loss, reason = "a limit of some megabytes")]
    if file.size() > limit as f64 {
        return Err(FileProblem::TooLarge { name, limit });
    }
    let buffer = JsFuture::from(file.array_buffer()).await;
    let bytes = buffer.map_err(|_| FileProblem::Unreadable(name.clone()))?;
    String::from_utf8(Uint8Array::new(&bytes).to_vec()).map_err(|_| FileProblem::NotText(name))
}
