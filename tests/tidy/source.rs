//! The repository's Rust files, and what of the crate each of them names.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use super::tokens::{Token, tokens};

/// Folders with Rust in them.
const RUST: &[&str] = &["src", "tests", "xtask", "benches", "macros"];

/// One file as it stands.
pub(crate) struct File {
    /// From the repository's root, with `/` on every system.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

/// One Rust file.
pub(crate) struct Source {
    /// From the repository's root, with `/` on every system.
    pub(crate) path: String,
    /// Its code.
    pub(crate) tokens: Vec<Token>,
    /// Its code without what is compiled for tests only; empty for a file that is.
    pub(crate) shipped: Vec<Token>,
}

/// One name of another module: `crate::module`.
#[derive(Debug, PartialEq)]
pub(crate) struct Mention {
    /// The module at the crate's root.
    pub(crate) module: String,
    /// Where it is named.
    pub(crate) line: usize,
}

impl Source {
    /// Reads a file's text as if it stood at `path`.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let tokens = tokens(text);
        let shipped = without_tests(&tokens).0;
        Self { path: path.to_owned(), tokens, shipped }
    }

    /// Returns the room that this file belongs to, which is a module at the crate's root or a floor of `ui`: `None`
    /// for the crate's roots and for programs.
    pub(crate) fn module(&self) -> Option<String> {
        let inside = self.path.strip_prefix("src/")?;
        let mut names = inside.split('/').map(|name| name.strip_suffix(".rs").unwrap_or(name));
        let name = names.next()?;
        let floor = names.next().filter(|floor| name == UI && *floor != "mod");
        (!["lib", "main", "bin"].contains(&name)).then(|| floor.map_or(name.to_owned(), floor_named))
    }

    /// Returns how many modules deep this file lies: `src/a.rs` and `src/a/mod.rs` are one deep.
    fn depth(&self) -> usize {
        let parts = self.path.split('/').count() - 1;
        if self.path.ends_with("/mod.rs") { parts - 1 } else { parts }
    }

    /// Returns every module of the crate's root that shipped code names, by `crate::…` or by going up with
    /// `super::…`.
    pub(crate) fn mentions(&self) -> Vec<Mention> {
        let mut found = Vec::new();
        let mut braces = Vec::new();
        for (at, token) in self.shipped.iter().enumerate() {
            let before = |back: usize| at.checked_sub(back).map_or("", |at| self.shipped[at].text.as_str());
            match token.text.as_str() {
                "{" => braces.push(before(2) == "mod"),
                "}" => drop(braces.pop()),
                // What only says how far something can be seen names nothing.
                "crate" if before(1) != "in" => found.extend(heads(&self.shipped[at + 1..])),
                "super" if before(1) != "::" => {
                    let inline = braces.iter().filter(|is_module| **is_module).count();
                    let depth = self.depth() + inline;
                    found.extend(above(&self.shipped[at..], depth));
                    if self.path.starts_with("src/ui/") {
                        found.extend(above(&self.shipped[at..], depth - 1).into_iter().map(in_ui));
                    }
                }
                _ => {}
            }
        }
        found
    }
}

/// Returns what `super::super::…` names, if it reaches the crate's root from `depth` modules below.
fn above(path: &[Token], depth: usize) -> Vec<Mention> {
    let ups =
        path.chunks(2).take_while(|pair| pair[0].text == "super" && pair.len() == 2 && pair[1].text == "::").count();
    if ups == depth { heads(&path[ups * 2 - 1..]) } else { Vec::new() }
}

/// The page's module, whose floors are rooms of their own.
const UI: &str = "ui";

/// The floors of the page.
const FLOORS: [&str; 7] = ["boot", "panels", "hosts", "core", "parts", "frames", "markup"];

fn floor_named(name: &str) -> String {
    format!("{UI}::{name}")
}

/// Returns what a name inside of `ui` stands for: a floor, or what `ui` itself hands on.
fn in_ui(mention: Mention) -> Mention {
    let floor = FLOORS.contains(&mention.module.as_str());
    Mention { module: if floor { floor_named(&mention.module) } else { UI.to_owned() }, ..mention }
}

/// Returns the first names of a path that goes on with `::name` or `::{name, name::…}`; of `ui` the next ones, too.
fn heads(path: &[Token]) -> Vec<Mention> {
    let [colons, rest @ ..] = path else { return Vec::new() };
    let (Some(first), "::") = (rest.first(), colons.text.as_str()) else { return Vec::new() };
    let mention = |at: usize| {
        let token = &rest[at];
        let inside = if token.text == UI { heads(&rest[at + 1..]) } else { Vec::new() };
        if inside.is_empty() {
            return vec![Mention { module: token.text.clone(), line: token.line }];
        }
        inside.into_iter().map(in_ui).collect()
    };
    if first.text != "{" {
        return mention(0);
    }
    let mut found = Vec::new();
    let (mut depth, mut starts) = (0, false);
    for (at, token) in rest.iter().enumerate() {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ if depth == 1 && starts => found.extend(mention(at)),
            _ => {}
        }
        starts = depth == 1 && ["{", ","].contains(&token.text.as_str());
        if depth == 0 {
            break;
        }
    }
    found
}

/// Returns code without the items under `#[cfg(test)]`, and the modules among those that are files of their own.
pub(crate) fn without_tests(tokens: &[Token]) -> (Vec<Token>, Vec<String>) {
    let (mut kept, mut modules, mut at) = (Vec::new(), Vec::new(), 0);
    while at < tokens.len() {
        let attribute = attribute(&tokens[at..]);
        if !is_for_tests(attribute) {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        at += attribute.len();
        let item = item(&tokens[at..]);
        let name = item.iter().position(|token| token.text == "mod").and_then(|at| item.get(at + 1));
        if let (Some(name), Some(";")) = (name, item.last().map(|token| token.text.as_str())) {
            modules.push(name.text.clone());
        }
        at += item.len();
    }
    (kept, modules)
}

/// Returns the tokens of the attribute that starts here; none when none does.
fn attribute(tokens: &[Token]) -> &[Token] {
    match tokens {
        [hash, bracket, ..] if hash.text == "#" && bracket.text == "[" => &tokens[..1 + group(&tokens[1..])],
        _ => &[],
    }
}

fn is_for_tests(attribute: &[Token]) -> bool {
    let words: Vec<&str> = attribute.iter().map(|token| token.text.as_str()).collect();
    words.get(2) == Some(&"cfg")
        && words.contains(&"test")
        && !words.windows(3).any(|three| three == ["not", "(", "test"])
}

/// Returns the item that starts here, with its attributes: up to its `;` or its closing brace.
fn item(tokens: &[Token]) -> &[Token] {
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].text.as_str() {
            ";" => return &tokens[..=at],
            "{" => return &tokens[..at + group(&tokens[at..])],
            "(" | "[" => at += group(&tokens[at..]),
            _ => at += 1,
        }
    }
    tokens
}

/// Returns the number of tokens in the bracketed group that starts here.
fn group(tokens: &[Token]) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// Returns the repository's folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns every Rust file.
pub(crate) fn sources() -> &'static [Source] {
    static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(read_all);
    &SOURCES
}

/// Returns every Rust file whose path starts like this.
pub(crate) fn under(prefix: &str) -> impl Iterator<Item = &'static Source> {
    sources().iter().filter(move |source| source.path.starts_with(prefix))
}

/// Reads every Rust file. Files that only tests are made of ship nothing.
fn read_all() -> Vec<Source> {
    let rust = RUST.iter().flat_map(|folder| files(folder, "rs"));
    let mut sources: Vec<Source> = rust.map(|file| Source::new(&file.path, &file.text)).collect();
    let tests: BTreeSet<String> = sources.iter().flat_map(test_files).collect();
    for source in &mut sources {
        if tests.iter().any(|test| source.path == format!("{test}.rs") || source.path.starts_with(&format!("{test}/")))
        {
            source.shipped.clear();
        }
    }
    sources
}

/// Returns the paths, without ending, of the modules that a file declares for tests only.
fn test_files(source: &Source) -> Vec<String> {
    let path = source.path.trim_end_matches(".rs");
    let folder = match path.rsplit_once('/') {
        Some((folder, "mod" | "lib" | "main")) => folder,
        _ => path,
    };
    without_tests(&source.tokens).1.iter().map(|name| format!("{folder}/{name}")).collect()
}

/// Returns every file of a folder with this ending, in order; folders that git ignores are left out.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<File> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.expect("a readable folder").path()) {
            if path.is_dir() {
                let ignored = path.file_name().is_some_and(|name| name == "node_modules" || name == "target");
                folders.extend((!ignored).then_some(path));
            } else if path.extension().is_some_and(|kind| kind == ending) {
                found.push(read(&path));
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn read(path: &Path) -> File {
    let text = fs::read_to_string(path).expect("a readable file");
    let inside = path.strip_prefix(root()).expect("a path inside the repository");
    let parts: Vec<String> = inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    File { path: parts.join("/"), text }
}
