//! The messages of the tabs of one browser to each other about the workspaces they have open.

use serde_json::{Value, json};
use std::{fmt, rc::Rc};
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

const NAME: &str = "stagecraft";

/// The news of another tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It has stored operations: a workspace has so many now.
    Appended {
        /// The workspace's key.
        workspace: String,
        /// How many operations are stored.
        length: usize,
    },
    /// It has stored requests that were refused.
    Refused {
        /// The workspace's key.
        workspace: String,
    },
    /// It has made, renamed or deleted a workspace.
    Listed,
}

struct Open {
    channel: BroadcastChannel,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}

/// The line to the other tabs; clones are the same. Where a browser has none, telling does nothing and nothing is heard.
#[derive(Clone)]
pub struct Channel(Option<Rc<Open>>);

impl fmt::Debug for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Channel(open)" } else { "Channel(none)" })
    }
}

impl Channel {
    /// Listens to the other tabs, until the last clone is dropped.
    pub fn open(on_notice: impl Fn(Notice) + 'static) -> Self {
        let Ok(channel) = BroadcastChannel::new(NAME) else { return Self(None) };
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(notice) = event.data().as_string().as_deref().and_then(read) {
                on_notice(notice);
            }
        });
        channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Self(Some(Rc::new(Open { channel, _on_message: on_message })))
    }

    /// Tells the other tabs.
    pub fn tell(&self, notice: &Notice) {
        let text = match notice {
            Notice::Appended { workspace, length } => json!({ "workspace": workspace, "length": length }),
            Notice::Refused { workspace } => json!({ "workspace": workspace, "refused": true }),
            Notice::Listed => json!({}),
        };
        if let Some(open) = &self.0 {
            // They read the storage anyway when they are looked at again.
            let _ = open.channel.post_message(&text.to_string().into());
        }
    }
}

fn read(text: &str) -> Option<Notice> {
    let value: Value = serde_json::from_str(text).ok()?;
    let workspace = value.get("workspace").and_then(Value::as_str);
    let length = value.get("length").and_then(Value::as_u64).and_then(|length| usize::try_from(length).ok());
    match (workspace, length) {
        (Some(workspace), Some(length)) => Some(Notice::Appended { workspace: workspace.to_owned(), length }),
        (Some(workspace), None) if value.get("refused") == Some(&Value::Bool(true)) => {
            Some(Notice::Refused { workspace: workspace.to_owned() })
        }
        (None, None) => Some(Notice::Listed),
        _ => None,
    }
}
