//! Small parts that every screen uses. They know no API Gateway: props in, `Html` out.

mod button;
mod clipboard;
mod dialog;
mod field;
mod icon;
mod long_text;
mod menu;
mod read_only;
mod snap;
mod tabs;
mod url;

pub use button::{Button, CommandButton, EditButton, Look};
pub use clipboard::{CopyButton, copy};
pub use dialog::Modal;
pub use field::{CodeField, Field, FieldError, SelectField, TextField, When};
pub use icon::icon;
pub use long_text::LongText;
pub use menu::{Menu, MenuItem};
pub use read_only::{ReadOnly, use_read_only};
pub use snap::{SnapChip, hue_style};
pub use tabs::Tabs;
pub use url::UrlText;

/// Returns the nearest whole number of pixels. To write an integer takes a tenth of the code that a fraction would.
#[expect(clippy::cast_possible_truncation, reason = "no screen is that wide")]
pub fn pixels(length: f64) -> i32 {
    length.round() as i32
}
