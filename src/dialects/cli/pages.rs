//! Lists in pages as the AWS CLI fetches them: all of a list, or so many entries and a token to go on with.

use super::{options::AwsCall, shell::Host};
use crate::control_plane::{ApiError, Command, Members, OperationRow, Payload};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

/// The options that the AWS CLI adds to an operation that lists, in the order in which it names them.
pub(super) const OPTIONS: [&str; 3] = ["starting-token", "page-size", "max-items"];
/// The operation's own members for its pages.
pub(super) const MEMBERS: [&str; 2] = ["limit", "position"];

/// Tells whether an operation answers in pages.
pub(super) fn lists(row: &OperationRow) -> bool {
    MEMBERS.iter().all(|name| row.members.iter().any(|member| member.name == *name))
}

/// The wishes of a line about the pages of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paging {
    /// `--starting-token`.
    pub starting_token: Option<String>,
    /// `--page-size`: entries that are asked for at once.
    pub page_size: Option<u32>,
    /// `--max-items`: entries that are shown.
    pub max_items: Option<u32>,
}

impl Paging {
    /// Returns the options that were given.
    pub(super) fn given(&self) -> Vec<String> {
        let given = [self.starting_token.is_some(), self.page_size.is_some(), self.max_items.is_some()];
        OPTIONS.iter().zip(given).filter(|(_, given)| *given).map(|(name, _)| format!("--{name}")).collect()
    }

    /// Returns where to begin: the service's position, and how many of the page's entries were shown before.
    fn start(&self) -> (Option<Value>, usize) {
        let Some(token) = &self.starting_token else { return (None, 0) };
        let decoded = STANDARD.decode(token).ok().and_then(|bytes| serde_json::from_slice::<Members>(&bytes).ok());
        match decoded {
            Some(mut token) => {
                let skip = token.get(TRUNCATED).and_then(Value::as_u64).and_then(|skip| usize::try_from(skip).ok());
                (token.remove("position").filter(Value::is_string), skip.unwrap_or(0))
            }
            // A text that is no token of its own is the service's (botocore).
            None => (Some(Value::from(token.as_str())), 0),
        }
    }
}

/// How many entries of a page were shown, in a token.
const TRUNCATED: &str = "boto_truncate_amount";

/// The bodies of an answer, and the token to go on with if there is more than was asked for.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) bodies: Vec<Value>,
    pub(super) next_token: Option<String>,
    pub(super) payload: Option<Payload>,
}

/// Returns the token for the entries after these. Its text is botocore's, Python's blanks included.
fn token(position: Option<&Value>, shown: Option<usize>) -> String {
    let position = position.unwrap_or(&Value::Null);
    let truncated = shown.map(|shown| format!(", \"{TRUNCATED}\": {shown}")).unwrap_or_default();
    STANDARD.encode(format!("{{\"position\": {position}{truncated}}}"))
}

/// Sends the request; of a list again for each page.
pub(super) fn fetch(host: &mut dyn Host, call: &AwsCall) -> Result<Pages, ApiError> {
    let Some(paging) = &call.paging else {
        let outcome = host.control(call.command.clone())?;
        let bodies = outcome.body.into_iter().collect();
        return Ok(Pages { bodies, next_token: None, payload: outcome.payload });
    };
    let (row, mut input) = (call.command.row(), call.command.input());
    if let Some(size) = paging.page_size {
        input.insert("limit".into(), json!(size));
    }
    let most = paging.max_items.and_then(|most| usize::try_from(most).ok());
    let (mut position, mut skip) = paging.start();
    let (mut pages, mut shown) = (Pages::default(), 0);
    loop {
        if let Some(position) = &position {
            input.insert("position".into(), position.clone());
        }
        let Some(mut body) = host.control(Command::parse(row.service, row.name, input.clone())?)?.body else { break };
        let next = body.as_object_mut().and_then(|body| body.remove("position"));
        let entries = body.get_mut("item").and_then(Value::as_array_mut);
        let mut room = most.map(|most| most - shown);
        if let Some(entries) = entries {
            entries.drain(..skip.min(entries.len()));
            match room {
                Some(room) if entries.len() > room => {
                    entries.truncate(room);
                    pages.bodies.push(body);
                    pages.next_token = Some(token(position.as_ref(), Some(room + skip)));
                    break;
                }
                _ => {
                    shown += entries.len();
                    room = room.map(|room| room - entries.len());
                }
            }
        }
        pages.bodies.push(body);
        skip = 0;
        // A page that leads to itself would never end.
        let Some(next) = next.filter(|next| Some(next) != position.as_ref()) else { break };
        if room == Some(0) {
            pages.next_token = Some(token(Some(&next), None));
            break;
        }
        position = Some(next);
    }
    Ok(pages)
}
