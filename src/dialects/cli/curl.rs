//! `curl` lines: an HTTP request with what curl itself would add, and its answer as curl shows it.

use super::{
    error::{CliError, Problem},
    nearest::nearest,
    shell::Arg,
};
use crate::text::percent;
use std::fmt::Write as _;

/// The name by which curl calls itself.
const USER_AGENT: &str = "curl/8.5.0";

/// The options that are understood: letter, name, whether a value follows.
const OPTIONS: &[(&str, &str, bool)] = &[
    ("X", "request", true),
    ("H", "header", true),
    ("d", "data", true),
    ("", "data-raw", true),
    ("", "data-binary", true),
    ("", "json", true),
    ("A", "user-agent", true),
    ("o", "output", true),
    ("w", "write-out", true),
    ("", "url", true),
    ("i", "include", false),
    ("I", "head", false),
    ("s", "silent", false),
    ("S", "show-error", false),
    ("f", "fail", false),
    ("g", "globoff", false),
    ("L", "location", false),
    ("", "compressed", false),
    ("v", "verbose", false),
    ("k", "insecure", false),
    ("G", "get", false),
    ("", "data-urlencode", true),
    ("m", "max-time", true),
    ("", "connect-timeout", true),
    ("", "http1.1", false),
    ("", "http2", false),
];

/// A request as curl sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpRequest {
    /// The verb.
    pub method: String,
    /// The URL.
    pub url: String,
    /// Names and values, in order.
    pub headers: Vec<(String, String)>,
    /// The body; empty without one.
    pub body: String,
}

/// An answer as it comes back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpAnswer {
    /// The status.
    pub status: u16,
    /// Names and values, in order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// The reason why nothing answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreachable {
    /// curl's exit status.
    pub code: u8,
    /// curl's sentence.
    pub message: String,
}

impl Unreachable {
    /// Says that nobody knows the hostname.
    pub fn host(host: &str) -> Self {
        Self { code: 6, message: format!("Could not resolve host: {host}") }
    }

    pub(super) fn error(self, program: &Arg) -> CliError {
        curl_error(program, self.code, self.message)
    }
}

/// A request with what the command line says about its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CurlCall {
    /// The request.
    pub request: HttpRequest,
    /// `-i`: status line and headers, too.
    pub include: bool,
    /// `-I`: status line and headers only.
    pub head: bool,
    /// `-v`: what is sent and what comes back, beside the body.
    pub verbose: bool,
    /// `-f`: fail when the status is 400 or more.
    pub fail: bool,
    /// `-o /dev/null`: without the body.
    pub discard: bool,
    /// `-w`: what to write at the end.
    pub write_out: Option<String>,
    globoff: bool,
}

impl CurlCall {
    /// Returns what curl writes about an answer.
    pub(super) fn show(&self, answer: &HttpAnswer) -> String {
        let mut out = String::new();
        let failed = self.failed(answer);
        if (self.include || self.head) && !failed && !self.discard {
            let _ = writeln!(out, "HTTP/2 {}", answer.status);
            // Version 2 of HTTP has no header about the connection.
            for (name, value) in answer.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("connection")) {
                let _ = writeln!(out, "{}: {value}", name.to_ascii_lowercase());
            }
            out.push('\n');
        }
        if !self.discard && !self.head && !failed {
            out.push_str(&answer.body);
        }
        if let Some(format) = &self.write_out {
            let text = format.replace("%{http_code}", &answer.status.to_string());
            out.push_str(&text.replace("\\n", "\n"));
        }
        out.truncate(out.trim_end_matches('\n').len());
        out
    }

    /// Returns what `-v` tells of the request and of the answer.
    pub(super) fn talk(&self, answer: &HttpAnswer) -> String {
        if !self.verbose {
            return String::new();
        }
        let request = &self.request;
        let rest = request.url.split_once("://").map_or(request.url.as_str(), |(_, rest)| rest);
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let mut out = format!("> {} {path} HTTP/2\n> Host: {host}\n", request.method);
        for (name, value) in request.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("host")) {
            let _ = writeln!(out, "> {name}: {value}");
        }
        let _ = write!(out, ">\n< HTTP/2 {}\n", answer.status);
        for (name, value) in answer.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("connection")) {
            let _ = writeln!(out, "< {}: {value}", name.to_ascii_lowercase());
        }
        out.push('<');
        out
    }

    fn failed(&self, answer: &HttpAnswer) -> bool {
        self.fail && answer.status >= 400
    }

    /// Returns the error of `-f`.
    pub(super) fn failure(&self, answer: &HttpAnswer, program: &Arg) -> Option<CliError> {
        let message = || format!("The requested URL returned error: {}", answer.status);
        self.failed(answer).then(|| curl_error(program, 22, message()))
    }
}

fn curl_error(arg: &Arg, code: u8, message: impl Into<String>) -> CliError {
    CliError::new(arg.at.clone(), Problem::Curl { code, message: message.into() })
}

/// A request as the options say it, before curl's own additions.
#[derive(Default)]
struct Draft<'a> {
    call: CurlCall,
    url: Option<&'a Arg>,
    data: Option<String>,
    json: bool,
    compressed: bool,
    /// `-G`: the data goes into the query.
    get: bool,
}

/// Reads the words after `curl`.
pub(super) fn parse(program: &Arg, args: &[Arg]) -> Result<CurlCall, CliError> {
    let mut draft = Draft::default();
    let mut at = 0;
    while let Some(arg) = args.get(at) {
        at += 1;
        match arg.text.strip_prefix('-') {
            Some(rest) if !rest.is_empty() => at += read_option(&mut draft, arg, rest, args.get(at))?,
            _ => set_url(&mut draft, arg)?,
        }
    }
    let url = draft.url.ok_or_else(|| curl_error(program, 2, "no URL specified"))?;
    finish(draft, url)
}

fn set_url<'a>(draft: &mut Draft<'a>, arg: &'a Arg) -> Result<(), CliError> {
    if draft.url.is_some() {
        return Err(curl_error(arg, 2, "one URL at a time here"));
    }
    draft.url = Some(arg);
    Ok(())
}

/// Reads `--name`, `-x` or several letters at once; returns how many words after it belong to it.
fn read_option<'a>(
    draft: &mut Draft<'a>,
    arg: &'a Arg,
    option: &str,
    next: Option<&'a Arg>,
) -> Result<usize, CliError> {
    let value_of = |name: &str| next.ok_or_else(|| curl_error(arg, 2, format!("option {name}: requires parameter")));
    if let Some(long) = option.strip_prefix('-') {
        let row = OPTIONS.iter().find(|(_, name, _)| *name == long).ok_or_else(|| unknown(arg))?;
        if !row.2 {
            flag(draft, row.1);
            return Ok(0);
        }
        let value = value_of(&arg.text)?;
        set(draft, row.1, &value.text, value)?;
        return Ok(1);
    }
    for (at, letter) in option.char_indices() {
        let row = OPTIONS.iter().find(|(short, ..)| short.chars().eq([letter])).ok_or_else(|| unknown(arg))?;
        if !row.2 {
            flag(draft, row.1);
            continue;
        }
        let inline = &option[at + letter.len_utf8()..];
        if !inline.is_empty() {
            set(draft, row.1, inline, arg)?;
            return Ok(0);
        }
        let value = value_of(&format!("-{letter}"))?;
        set(draft, row.1, &value.text, value)?;
        return Ok(1);
    }
    Ok(0)
}

fn unknown(arg: &Arg) -> CliError {
    let names: Vec<String> = OPTIONS.iter().map(|(_, name, _)| format!("--{name}")).collect();
    let nearest = nearest(&arg.text, names.iter().map(String::as_str));
    CliError::new(arg.at.clone(), Problem::CurlOption { name: arg.text.clone(), nearest })
}

fn flag(draft: &mut Draft<'_>, name: &str) {
    match name {
        "include" => draft.call.include = true,
        "head" => draft.call.head = true,
        "verbose" => draft.call.verbose = true,
        "get" => draft.get = true,
        "fail" => draft.call.fail = true,
        "globoff" => draft.call.globoff = true,
        // What comes is written as it is meant, with the option and without.
        "compressed" => draft.compressed = true,
        // Silence is the rule here, API Gateway sends no redirects of its own, and no connection is made.
        _ => {}
    }
}

fn set<'a>(draft: &mut Draft<'a>, name: &str, value: &str, arg: &'a Arg) -> Result<(), CliError> {
    match name {
        "request" => draft.call.request.method = value.to_owned(),
        "header" => header(draft, value, arg)?,
        "user-agent" => draft.call.request.headers.push(("User-Agent".into(), value.to_owned())),
        "url" => set_url(draft, arg)?,
        "output" if value == "/dev/null" => draft.call.discard = true,
        "output" => return Err(curl_error(arg, 26, "there are no files here but /dev/null")),
        "write-out" => draft.call.write_out = Some(value.to_owned()),
        "max-time" | "connect-timeout" => {}
        _ => {
            let encoded = (name == "data-urlencode").then(|| url_encoded(value));
            if name != "data-raw" && encoded.as_ref().map_or(value.starts_with('@'), Option::is_none) {
                return Err(curl_error(arg, 26, "there are no files here"));
            }
            let value = encoded.flatten().unwrap_or_else(|| value.to_owned());
            draft.json |= name == "json";
            draft.data = Some(match draft.data.take() {
                // curl joins several -d with an ampersand, several --json with nothing.
                Some(before) if name == "json" => before + &value,
                Some(before) => format!("{before}&{value}"),
                None => value,
            });
        }
    }
    Ok(())
}

/// Writes `name=content`, `=content` or `content`, the content with escapes; nothing when it names a file.
fn url_encoded(text: &str) -> Option<String> {
    let (name, content) = match text.find(['=', '@']).map(|at| text.split_at(at)) {
        Some((_, rest)) if rest.starts_with('@') => return None,
        Some(("", rest)) => ("", &rest[1..]),
        Some((name, rest)) => (name, &rest[1..]),
        None => ("", text),
    };
    let between = if name.is_empty() { "" } else { "=" };
    Some(format!("{name}{between}{}", percent::encode(content)))
}

fn header(draft: &mut Draft<'_>, text: &str, arg: &Arg) -> Result<(), CliError> {
    let clean = |text: &str| !text.is_empty() && !text.contains(['\r', '\n']);
    match text.split_once(':') {
        Some((name, value)) if clean(name) && !value.contains(['\r', '\n']) => {
            draft.call.request.headers.push((name.trim().to_owned(), value.trim().to_owned()));
            Ok(())
        }
        // `Name;` sends a header without a value.
        None if clean(text) && text.ends_with(';') => {
            draft.call.request.headers.push((text.trim_end_matches(';').to_owned(), String::new()));
            Ok(())
        }
        _ => Err(curl_error(arg, 2, format!("a header is written 'Name: value', not {text:?}"))),
    }
}

/// Adds what curl adds by itself.
fn finish(draft: Draft<'_>, url: &Arg) -> Result<CurlCall, CliError> {
    let Draft { mut call, mut data, json, compressed, get, .. } = draft;
    let request = &mut call.request;
    request.url = tidy_url(url, call.globoff)?;
    if let Some(query) = data.take_if(|_| get) {
        let between = if request.url.contains('?') { '&' } else { '?' };
        request.url = format!("{}{between}{query}", request.url);
    }
    if request.method.is_empty() {
        let method = if call.head { "HEAD" } else { "GET" };
        request.method = if data.is_some() { "POST".into() } else { method.into() };
    }
    let mut defaults = vec![("User-Agent", USER_AGENT), ("Accept", if json { "application/json" } else { "*/*" })];
    if data.is_some() {
        let form = "application/x-www-form-urlencoded";
        defaults.push(("Content-Type", if json { "application/json" } else { form }));
    }
    if compressed {
        defaults.push(("Accept-Encoding", "deflate, gzip"));
    }
    for (name, value) in defaults {
        if !request.headers.iter().any(|(given, _)| given.eq_ignore_ascii_case(name)) {
            request.headers.push((name.to_owned(), value.to_owned()));
        }
    }
    // `-H 'Accept:'` takes a header away.
    request.headers.retain(|(name, value)| !value.is_empty() || !DEFAULTS.iter().any(|d| d.eq_ignore_ascii_case(name)));
    request.body = data.unwrap_or_default();
    Ok(call)
}

/// The headers that curl sends by itself.
const DEFAULTS: [&str; 4] = ["User-Agent", "Accept", "Content-Type", "Accept-Encoding"];

/// Returns the URL as curl sends it: with a scheme, without fragment and dot segments.
fn tidy_url(arg: &Arg, globoff: bool) -> Result<String, CliError> {
    let text = arg.text.as_str();
    if let Some(at) = text.find(|c: char| c.is_ascii_control() || c == ' ') {
        return Err(CliError::new(
            arg.place(at..at + 1),
            Problem::Curl { code: 3, message: "URL rejected: Malformed input to a URL function".into() },
        ));
    }
    if let Some(at) = text.find(['{', '}', '[', ']']).filter(|_| !globoff) {
        let message = format!("{} in a URL is a pattern for curl; put in a real value", &text[at..=at]);
        return Err(CliError::new(arg.place(at..at + 1), Problem::Curl { code: 3, message }));
    }
    let text = text.split('#').next().unwrap_or_default();
    let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, rest) = rest.split_at(end);
    if host.is_empty() {
        return Err(curl_error(arg, 3, "URL rejected: No host part in the URL"));
    }
    let (path, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
    Ok(format!("{scheme}://{host}{}{query}", without_dots(path)))
}

/// Returns a path without `.` and `..` segments; never empty.
fn without_dots(path: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
    for (at, segment) in segments.iter().enumerate() {
        let last = at + 1 == segments.len();
        match *segment {
            "." | ".." => {
                if *segment == ".." {
                    out.pop();
                }
                if last {
                    out.push("");
                }
            }
            segment => out.push(segment),
        }
    }
    format!("/{}", out.join("/"))
}
