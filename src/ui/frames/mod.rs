//! The room for what exists for the sake of frames: the frame that answers to a key or a click is short, and the rest
//! follows in frames of its own. It must never know what is drawn.
//!
//! | word | meaning |
//! | --- | --- |
//! | `after_paint` | does something once the next frame has been painted |
//! | `use_soon` | a value, one frame late |
//! | `use_growing` | how much of a long list is drawn now |
//! | `NextFrame` | draws what is in it one frame late |
//! | `focus`, `focus_soon` | moves the focus: to what is there, or to what is about to be drawn |

mod after_paint;
mod focus;

pub(crate) use after_paint::{AfterPaint, NextFrame, after_paint, use_growing, use_soon};
pub(crate) use focus::{focus, focus_soon, focused, give_back, is_wanted, release, try_focus};
