//! The options of `aws` itself, which every command takes.

/// Those with a value.
pub(super) const VALUES: [&str; 10] = [
    "query",
    "output",
    "region",
    "profile",
    "cli-input-json",
    "cli-binary-format",
    "color",
    "ca-bundle",
    "cli-read-timeout",
    "cli-connect-timeout",
];

/// Those without one.
pub(super) const FLAGS: [&str; 4] = ["no-cli-pager", "no-paginate", "no-verify-ssl", "no-cli-auto-prompt"];

/// Those that the AWS CLI has, too, and that ask for what is not here: another endpoint, its own files, its debugger.
pub(super) const NOT_MODELLED: [&str; 6] =
    ["endpoint-url", "no-sign-request", "debug", "cli-input-yaml", "generate-cli-skeleton", "cli-auto-prompt"];

/// Answers with the version and does nothing else, wherever it stands: the AWS CLI looks for it in the whole line, although
/// CreateRestApi has a member of that name.
pub(super) const VERSION: &str = "version";

/// What an option takes, if it is one of a few words.
pub(super) fn choices(name: &str) -> &'static [&'static str] {
    match name {
        "cli-binary-format" => &["base64", "raw-in-base64-out"],
        "color" => &["on", "off", "auto"],
        _ => &[],
    }
}

/// What `aws --version` answers: the version whose ways these are, and whose program it is.
pub(super) fn version() -> String {
    format!("aws-cli/2 Stagecraft/{}", env!("CARGO_PKG_VERSION"))
}
