//! A refusal of the control plane as a field shows it.

use crate::{control_plane::ApiError, ui::parts::FieldError};

impl From<&ApiError> for FieldError {
    fn from(error: &ApiError) -> Self {
        Self {
            field: error.field().unwrap_or_default().to_owned(),
            text: error.to_string(),
            hint: error.hint().unwrap_or_default(),
        }
    }
}
