//! The parts that the screens of "More" have in common: a list of things, one of them with its title and its way back,
//! the dialog that makes one, and the question before one goes. Nothing here knows what the things are.

mod delete;
mod entries;
mod form;
mod import;
mod list;
mod uses;

pub(super) use delete::{Delete, refusal};
pub(super) use entries::Entries;
pub(super) use form::{Form, FormField, text_field};
pub(super) use import::{Import, Wanted};
pub(super) use list::{Item, ItemHead, Items, use_focus_on};
pub(super) use uses::{Use, Uses, methods_where};
