//! Short messages at the edge of the page. They never take the focus, and a screen reader is told of them.

/// The weight of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something went as it should.
    Done,
    /// Something was refused or failed.
    Problem,
    /// The work is not stored; it is offered as a file.
    Unsaved,
}

/// A short message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Unique on this page.
    pub id: u32,
    /// Its weight.
    pub kind: NoticeKind,
    /// The event, in a sentence.
    pub text: String,
    /// The way out; may be empty.
    pub hint: String,
}
