//! The share link: a workspace as the commands that lead to it, small enough for a chat message.
//!
//! `text` = one character for the edition of the rules that its commands obey, then base64url without `=` of: the commands
//! as text, deflated against a preset dictionary; the ids that were minted, packed; a checksum. A link is untrusted: it is
//! bounded in every direction, and opening it replays and so validates each command, under the rules of its edition. Links
//! stay readable for ever: the form has not changed since the first edition, its dictionary included, and
//! `tests/golden/links.txt` holds it to that. Another form would take a character of its own.

mod lines;
mod packing;
mod prune;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

use super::{bounds::clean_name, record::RecordError};
use crate::{
    entities::Edition,
    env::Env,
    history::{Record, ReplayError, Session},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// Characters of a link that is read or written.
pub const MAX_LENGTH: usize = 64 * 1024;
/// Bytes that a link may inflate to.
pub const MAX_INFLATED: usize = 2 * 1024 * 1024;
/// Commands in a link.
pub const MAX_COMMANDS: usize = 10_000;
/// Characters from which a link tends to be cut off in chats and mails.
pub const COMFORTABLE_LENGTH: usize = 2_000;

/// The reason why a link cannot be opened, or made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LinkError {
    /// There is nothing after the `#`.
    #[error("The link is empty. Copy it again, to its end.")]
    Empty,
    /// It is too long.
    #[error(
        "The link is longer than {MAX_LENGTH} characters, the most that can be opened. Ask for the workspace as a file."
    )]
    TooLong,
    /// This program does not know its first character.
    #[error(
        "The link is of version {0:?}, which this page does not know. Reload the page to get the newest version, then open the link again."
    )]
    Version(char),
    /// A character that no link has.
    #[error(
        "The link holds {character:?} at character {position}, which no link has. Something changed it on its way; copy it again."
    )]
    Character {
        /// Which character.
        character: char,
        /// Its position in the link, from 1.
        position: usize,
    },
    /// Its end is missing.
    #[error(
        "The link is cut off: its end is missing. Chats and mails sometimes shorten long links; ask for it again, or for the workspace as a file."
    )]
    CutOff,
    /// Its content cannot be right.
    #[error("The link is damaged: something changed it on its way. Copy it again, or ask for it again.")]
    Damaged,
    /// It inflates to too much, or holds too many commands.
    #[error("The link holds more than can be opened. Ask for the workspace as a file.")]
    TooMuch,
    /// A command cannot be read.
    #[error("Command {number} of the link cannot be read: {error}.")]
    Command {
        /// Its number, from 1.
        number: usize,
        /// The reason.
        error: RecordError,
    },
    /// A command is refused.
    #[error("The link cannot be opened: {0}.")]
    Refused(#[from] ReplayError),
    /// The workspace is too large for a link.
    #[error("The workspace is too large for a link. Share it as a file instead.")]
    WorkspaceTooLarge,
}

/// The content of a link.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The name of the workspace.
    pub name: String,
    /// The workspace, all of it as the session's beginning.
    pub session: Session,
}

/// Writes the link of a session's present workspace: the part of the address after `#`, or after a route.
///
/// # Errors
/// The workspace is too large.
pub fn print(name: &str, session: &Session) -> Result<String, LinkError> {
    encode(name, &prune::prune(session))
}

fn encode(name: &str, records: &[Record]) -> Result<String, LinkError> {
    let text = lines::print(&clean_name(name, ""), records);
    if records.len() > MAX_COMMANDS || text.len() > MAX_INFLATED {
        return Err(LinkError::WorkspaceTooLarge);
    }
    let mut bytes = packing::deflate(&text);
    for id in records.iter().flat_map(|record| &record.ids) {
        packing::pack_id(id, &mut bytes);
    }
    let checksum = packing::checksum(&bytes);
    bytes.extend(checksum);
    // The commands obey the rules of the earliest edition among theirs, since a later one only refuses more.
    let edition = records.iter().map(|record| record.edition).min().unwrap_or(Edition::TODAY);
    let link = format!("{}{}", edition.number(), URL_SAFE_NO_PAD.encode(bytes));
    if link.len() > MAX_LENGTH { Err(LinkError::WorkspaceTooLarge) } else { Ok(link) }
}

/// Opens a link. `env` is what the session goes on with; the times and ids of what the link holds are its own.
///
/// # Errors
/// It is broken, and how; a command is refused, which one and why.
pub fn open(text: &str, env: Env) -> Result<Shared, LinkError> {
    let text = text.trim();
    let version = text.chars().next().ok_or(LinkError::Empty)?;
    if text.len() > MAX_LENGTH {
        return Err(LinkError::TooLong);
    }
    check_characters(text)?;
    let edition = version.to_digit(10).and_then(|number| Edition::from_number(number.into()));
    let edition = edition.ok_or(LinkError::Version(version))?;
    open_edition(edition, text.get(1..).unwrap_or_default(), env)
}

/// Refuses characters that no link has.
fn check_characters(text: &str) -> Result<(), LinkError> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    match text.chars().enumerate().find(|(_, c)| !fits(*c)) {
        // Dots and ellipses are what programs put in place of what they leave out.
        Some((_, '.' | '…')) => Err(LinkError::CutOff),
        Some((at, character)) => Err(LinkError::Character { character, position: at + 1 }),
        None => Ok(()),
    }
}

fn open_edition(edition: Edition, text: &str, env: Env) -> Result<Shared, LinkError> {
    // One character over a multiple of four is what only a cut leaves; stray bits at the end, too.
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| LinkError::CutOff)?;
    let (inflated, rest) = packing::inflate(&bytes, MAX_INFLATED)?;
    let inflated = String::from_utf8(inflated).map_err(|_| LinkError::Damaged)?;
    let lines = lines::parse(&inflated, MAX_COMMANDS)?;
    let mut packed = rest;
    let mut ids = Vec::new();
    for length in lines.id_lengths() {
        ids.push(packing::unpack_id(&mut packed, length)?);
    }
    let end = packed.get(..packing::CHECKSUM).ok_or(LinkError::CutOff)?;
    let checked = bytes.len() - packed.len();
    if packed.len() != packing::CHECKSUM || end != packing::checksum(bytes.get(..checked).unwrap_or_default()) {
        return Err(LinkError::Damaged);
    }
    let (name, records) = lines.into_records(edition, &ids)?;
    Ok(Shared { name: clean_name(&name, "Shared workspace"), session: Session::replay(env, records)? })
}
