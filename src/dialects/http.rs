//! A request as the HTTP message that AWS's clients send, without what signs it.

use crate::control_plane::{Command, Location, wire};

/// Writes the message: verb and URI, headers, and the body if there is one.
pub fn print(command: &Command, region: &str) -> String {
    let (verb, path, body) = wire::print(command);
    let mut out = format!("{verb} {path} HTTP/1.1\nHost: {}\n", command.row().service.host(region));
    match body {
        None => out.truncate(out.trim_end().len()),
        Some(body) => {
            // What goes as it is, is bytes to AWS's clients.
            let as_it_is = command.row().members.iter().any(|member| member.location == Location::Payload);
            let pretty = match serde_json::from_str::<serde_json::Value>(&body) {
                Ok(value) if !as_it_is => serde_json::to_string_pretty(&value).ok(),
                _ => None,
            };
            let content_type = if as_it_is { "application/octet-stream" } else { "application/json" };
            out.push_str(&format!("Content-Type: {content_type}\n\n{}", pretty.unwrap_or(body)));
        }
    }
    out
}
