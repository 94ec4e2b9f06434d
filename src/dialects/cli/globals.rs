//! The options of `aws` itself, which every command takes, and those that each command has beside its own.
//!
//! What they ask of a network, a terminal or files that are not here is not done: `--debug` writes nothing, nothing is signed,
//! no certificate is looked at, no timeout runs, any profile is the only one, and nothing is coloured or paged. Their values
//! are looked at as the AWS CLI does, so that a wrong line is wrong here, too.

use super::skeleton;

/// Those of `aws`, in the AWS CLI's order, and whether each takes a value.
pub(super) const OF_AWS: [(&str, bool); 18] = [
    ("debug", false),
    ("endpoint-url", true),
    ("no-verify-ssl", false),
    ("no-paginate", false),
    ("output", true),
    ("query", true),
    ("profile", true),
    ("region", true),
    (VERSION, false),
    ("color", true),
    ("no-sign-request", false),
    ("ca-bundle", true),
    ("cli-read-timeout", true),
    ("cli-connect-timeout", true),
    ("cli-binary-format", true),
    ("no-cli-pager", false),
    ("cli-auto-prompt", false),
    ("no-cli-auto-prompt", false),
];

/// Those of each command: its whole input in one text. The skeleton of one is `skeleton::OPTION`.
pub(super) const INPUTS: [&str; 2] = ["cli-input-json", "cli-input-yaml"];

/// Answers with the version and does nothing else, wherever it stands: the AWS CLI looks for it in the whole line, although
/// CreateRestApi has a member of that name.
pub(super) const VERSION: &str = "version";

/// Returns all that any command takes, with `true` for those with a value.
pub(super) fn of_any() -> impl Iterator<Item = (&'static str, bool)> {
    let inputs = INPUTS.into_iter().map(|name| (name, true));
    inputs.chain([(skeleton::OPTION, true)]).chain(OF_AWS.into_iter().filter(|(name, _)| *name != VERSION))
}

/// Returns what an option takes, if it is one of a few words.
pub(super) fn choices(name: &str) -> &'static [&'static str] {
    match name {
        "output" => &["json", "text", "table", "yaml", "yaml-stream"],
        "cli-binary-format" => &["base64", "raw-in-base64-out"],
        "color" => &["on", "off", "auto"],
        skeleton::OPTION => &skeleton::KINDS,
        _ => &[],
    }
}

/// Returns what `aws --version` answers: the version whose ways these are, and whose program it is.
pub(super) fn version() -> String {
    format!("aws-cli/2 Stagecraft/{}", env!("CARGO_PKG_VERSION"))
}
