//! Building one program with cargo, and finding it.

use std::path::PathBuf;
use std::process::Command;

use crate::run::{self, Result};

/// Runs a `cargo build` or `cargo test --no-run`, and returns the path of the program that it made. `kind` is cargo's word
/// for the program: `bin` or `test`.
pub(crate) fn program(build: &mut Command, kind: &str) -> Result<PathBuf> {
    run::shown(build)?;
    let messages = run::quiet(build.arg("--message-format=json"))?;
    // cargo builds the package's own programs beside a test, and tells of them too.
    let kind = format!("\"kind\":[\"{kind}\"]");
    let programs = messages.lines().filter(|line| line.contains(&kind));
    let found = programs.filter_map(|line| json_string(line, "executable")).next_back();
    found.map(PathBuf::from).ok_or_else(|| "cargo built no program.".to_owned())
}

/// Returns the value of a string member in one of cargo's JSON messages.
fn json_string(line: &str, member: &str) -> Option<String> {
    let (_, rest) = line.split_once(&format!("\"{member}\":\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(value.replace("\\\\", "\\"))
}

#[cfg(test)]
mod tests {
    use super::json_string;

    #[test]
    fn the_path_of_a_program_is_read_from_cargos_message() {
        let line = r#"{"reason":"compiler-artifact","executable":"C:\\a\\web.wasm","fresh":true}"#;
        assert_eq!(json_string(line, "executable").as_deref(), Some(r"C:\a\web.wasm"));
        assert_eq!(json_string(r#"{"executable":null}"#, "executable"), None);
    }
}
