//! A request as the HTTP message that AWS's clients send, without what signs it.

use crate::control_plane::{Command, wire};

/// The message: verb and URI, headers, and the body if there is one.
pub fn print(command: &Command, region: &str) -> String {
    let (verb, path, body) = wire::print(command);
    let mut out = format!("{verb} {path} HTTP/1.1\nHost: apigateway.{region}.amazonaws.com\n");
    match body {
        None => out.truncate(out.trim_end().len()),
        Some(body) => {
            out.push_str("Content-Type: application/json\n\n");
            // Indented when it is JSON, which all but an import's is.
            let pretty =
                serde_json::from_str::<serde_json::Value>(&body).and_then(|v| serde_json::to_string_pretty(&v));
            out.push_str(&pretty.unwrap_or(body));
        }
    }
    out
}
