//! An answer's body that is no JSON: a file, such as an exported API or a generated SDK.

use super::World;
use serde_json::{Value, json};
use std::rc::Rc;

/// A body of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload {
    /// The bytes.
    pub bytes: Rc<[u8]>,
    /// The content type.
    pub content_type: String,
    /// The name of a file for them.
    pub file_name: Option<String>,
}

impl Payload {
    /// Returns the header that names the file.
    pub fn disposition(&self) -> Option<String> {
        // A name stands between quotes in a header of one line.
        let plain = |name: &String| name.replace(['"', '\\', '\r', '\n'], "_");
        self.file_name.as_ref().map(|name| format!("attachment; filename=\"{}\"", plain(name)))
    }

    /// Returns what an SDK answers beside the bytes.
    fn members(&self) -> Value {
        let mut out = json!({ "contentType": self.content_type });
        if let Some(disposition) = self.disposition() {
            out["contentDisposition"] = disposition.into();
        }
        out
    }
}

#[cfg_attr(not(test), expect(dead_code, reason = "the operations that answer with a file are not here yet"))]
impl World<'_> {
    /// Makes a payload the body of the answer; returns the members beside it.
    pub(crate) fn answer_with(&mut self, payload: Payload) -> Value {
        let members = payload.members();
        self.payload = Some(payload);
        members
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[expect(unreachable_pub, reason = "`operation!` makes structs for everyone")]
mod tests {
    use super::Payload;
    use crate::{
        control_plane::{
            ApiError, OPERATIONS, World,
            members::{Operation as _, operation, unconstrained},
            wire,
        },
        entities::{Timestamp, Workspace},
        env::Env,
    };
    use serde_json::Value;

    operation! {
        /// An operation that answers with a file; in no table.
        GetFile: "GET" "/files/{fileName}" => 200 {
            /// The file.
            file_name: String = Uri "fileName";
        }
        answers: payload
    }

    unconstrained!(GetFile);

    impl GetFile {
        fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
            let name = Some(self.file_name.clone()).filter(|name| !name.is_empty());
            let bytes: &[u8] = &[0, 0xff, b'a'];
            Ok(world.answer_with(Payload { bytes: bytes.into(), content_type: "image/png".into(), file_name: name }))
        }
    }

    fn answer(name: &str) -> wire::WireResponse {
        let request = GetFile { file_name: name.to_owned() };
        let mut env = Env::new(1, Timestamp(0));
        let done = Workspace::default().carry_out(&request, GetFile::ROW.success, &mut env);
        let (_, outcome) = done.expect("it is carried out");
        let disposition = outcome.payload.as_ref().and_then(Payload::disposition);
        let members = [("contentType", Some("image/png".to_owned())), ("contentDisposition", disposition)];
        let members: Value = members.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        assert_eq!(outcome.body, Some(members), "an SDK's answer has these beside the bytes");
        wire::answer(&Ok(outcome))
    }

    #[test]
    fn an_answer_may_be_a_file() {
        let rows = OPERATIONS.iter().copied().chain([&GetFile::ROW]).filter(|row| row.answers_payload);
        assert_eq!(rows.map(|row| row.name).collect::<Vec<_>>(), ["GetFile"]);
        let found = answer("a.png");
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let named = header("Content-Disposition", "attachment; filename=\"a.png\"");
        assert_eq!(found.headers, [header("Content-Type", "image/png"), named]);
        assert_eq!((found.status, found.body.as_str(), found.bytes.as_deref()), (200, "", Some(&[0, 0xff, b'a'][..])));
        assert_eq!(answer("").headers.len(), 1, "a file without a name has no disposition");
    }

    #[test]
    fn a_file_name_stays_within_its_header() {
        let sent = answer("a\"\r\nSet-Cookie: b\\").headers;
        assert_eq!(sent[1].1, "attachment; filename=\"a___Set-Cookie: b_\"");
        assert_eq!(sent.len(), 2);
    }
}
