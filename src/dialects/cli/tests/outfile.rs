//! Answers whose body is a file: where it goes, and what the line writes. No operation of the table has one yet, so these have
//! a host that answers everything with one.

use super::super::{
    Failure, Host, HttpAnswer, HttpRequest, Unreachable,
    options::AwsCall,
    parse_command,
    shell::{Arg, run_aws},
};
use crate::control_plane::{ApiError, Command, Outcome, Payload};
use serde_json::json;

/// A host that answers everything with a file.
#[derive(Default)]
struct Files {
    saved: Vec<(String, Payload)>,
    is_full: bool,
}

impl Host for Files {
    fn control(&mut self, _: Command) -> Result<Outcome, ApiError> {
        let bytes: &[u8] = b"swagger: 2\n";
        let payload = Payload { bytes: bytes.into(), content_type: "application/yaml".into(), file_name: None };
        Ok(Outcome { status: 200, body: Some(json!({ "contentType": "application/yaml" })), payload: Some(payload) })
    }

    fn fetch(&mut self, request: &HttpRequest) -> Result<HttpAnswer, Unreachable> {
        Err(Unreachable::host(&request.url))
    }

    fn region(&self) -> String {
        "us-east-1".into()
    }

    fn save(&mut self, name: &str, payload: &Payload) -> bool {
        self.saved.push((name.to_owned(), payload.clone()));
        !self.is_full
    }
}

/// Runs a line that names a file.
fn fetch(host: &mut Files, outfile: &str) -> Result<String, Failure> {
    let command = parse_command("aws apigateway get-account").expect("a line");
    let outfile = Some(Arg::default().part(0, outfile));
    let call = AwsCall {
        command,
        outfile,
        query: None,
        format: Default::default(),
        paging: None,
        region: None,
        endpoint: None,
    };
    run_aws(host, call, false)
}

#[test]
fn a_file_is_saved_and_the_members_beside_it_are_shown() {
    let mut host = Files::default();
    let shown = "{\n    \"contentType\": \"application/yaml\"\n}";
    assert_eq!(fetch(&mut host, "api.yaml").as_deref(), Ok(shown));
    let saved: Vec<_> = host.saved.iter().map(|(name, payload)| (name.as_str(), &*payload.bytes)).collect();
    assert_eq!(saved, [("api.yaml", &b"swagger: 2\n"[..])]);
    assert_eq!(fetch(&mut host, "/dev/stdout"), Ok(format!("swagger: 2\n{shown}")));
    assert_eq!(host.saved.len(), 1, "what is shown is no file");
}

#[test]
fn a_file_that_cannot_be_written_is_an_error() {
    let refused = |host: &mut Files, name: &str| {
        let failure = fetch(host, name).expect_err(name);
        (failure.status(), failure.text())
    };
    let text = |name: &str| format!("[Errno 2] No such file or directory: '{name}'");
    let full = &mut Files { is_full: true, ..Files::default() };
    for (host, name) in [
        (full, "a.yaml"),
        (&mut Files::default(), ""),
        (&mut Files::default(), "folder/"),
        (&mut Files::default(), ".."),
    ] {
        let (status, told) = refused(host, name);
        assert!(status == 255 && told.contains(&text(name)), "{name}: {status} {told}");
    }
}
