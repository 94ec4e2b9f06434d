//! Looking back: the scrubber over the operations, and the words above a page that shows an earlier moment.

mod banner;
mod scrubber;

pub(in crate::ui) use banner::PastBanner;
pub(in crate::ui) use scrubber::{ID as SCRUBBER, Scrubber};
