//! Tags, which most nouns have.

use super::super::{World, error::ApiError};
use crate::collections::SortedMap;

/// Checks tags: how many, and how long each may be (documented); the sentences are assumed.
pub(in crate::control_plane) fn check_tags(
    world: &World<'_>,
    tags: &SortedMap<String, String>,
) -> Result<(), ApiError> {
    let limit = world.workspace.limits.tags;
    if tags.len() > limit {
        return Err(ApiError::invalid("tags", format!("The number of tags exceeds the limit of {limit}")));
    }
    for (key, value) in tags {
        if !(1..=128).contains(&key.chars().count()) {
            return Err(ApiError::invalid("tags", "Tag keys must be between 1 and 128 characters long"));
        }
        if value.chars().count() > 256 {
            return Err(ApiError::invalid(
                "tags",
                format!("The value of tag {key} can be at most 256 characters long"),
            ));
        }
        if key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:")) {
            return Err(ApiError::invalid("tags", "Tag keys must not begin with aws:, which is reserved for AWS use"));
        }
    }
    Ok(())
}
