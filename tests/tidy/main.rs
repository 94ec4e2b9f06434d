//! The rules of the architecture and of the repository, as tests. Each rule is a row of a table: add rows.
//!
//! The rules look at the words of the source, not at what the compiler makes of them, so a macro could get round them; they
//! are there against drift, not against intent.

mod comments;
mod guides;
mod lengths;
mod source;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use source::{File, Mention, Source, files, root, sources, under};
use tokens::tokens;

/// Which modules of `src/` each module may name. ARCHITECTURE.md draws them; arrows point down only. The data
/// plane never names the control plane, which names it only to test-invoke the working copy. The floors of the page are
/// rooms like any other; `ui` itself only hands on what they have.
const ARROWS: &[(&str, &[&str])] = &[
    ("view", &["collections", "control_plane", "data_plane", "diagram", "entities", "history", "text"]),
    ("ui::boot", &["ui::panels", "ui::hosts", "ui::core", "ui::frames", "ui::markup", "env", "history", "sample"]),
    (
        "ui::panels",
        &[
            "ui",
            "ui::hosts",
            "ui::core",
            "ui::parts",
            "ui::markup",
            "civil_time",
            "collections",
            "control_plane",
            "data_plane",
            "diagram",
            "dialects",
            "entities",
            "env",
            "history",
            "ledger",
            "persist",
            "sample",
            "text",
            "vtl",
            "view",
        ],
    ),
    (
        "ui::hosts",
        &[
            "ui::core",
            "ui::frames",
            "collections",
            "control_plane",
            "data_plane",
            "entities",
            "env",
            "history",
            "persist",
            "sample",
            "text",
        ],
    ),
    (
        "ui::core",
        &[
            "ui::frames",
            "ui::markup",
            "collections",
            "control_plane",
            "data_plane",
            "dialects",
            "entities",
            "env",
            "history",
            "persist",
            "view",
        ],
    ),
    ("ui::parts", &["ui::markup", "ui::core", "ui::frames", "diagram"]),
    ("ui::frames", &["ui::markup"]),
    ("ui::markup", &[]),
    ("host", &["control_plane", "data_plane", "entities", "env", "civil_time", "sample"]),
    ("lesson", &["entities", "text"]),
    ("persist", &["collections", "history", "control_plane", "entities", "env"]),
    ("dialects", &["collections", "control_plane", "entities", "civil_time", "json_order", "text"]),
    ("diagram", &["collections", "entities", "history", "civil_time", "text"]),
    ("sample", &["collections", "history", "control_plane", "entities", "env"]),
    ("history", &["collections", "control_plane", "entities", "env", "text"]),
    ("control_plane", &["collections", "data_plane", "entities", "env", "civil_time", "schema", "text"]),
    ("data_plane", &["collections", "entities", "env", "vtl", "schema", "lenient_json", "civil_time", "text"]),
    ("env", &["entities"]),
    ("entities", &["collections", "civil_time"]),
    // Small languages: they know nothing of API Gateway.
    ("vtl", &["jsonpath", "text"]),
    ("schema", &["json_order"]),
    ("jsonpath", &[]),
    ("json_order", &[]),
    ("lenient_json", &[]),
    ("civil_time", &[]),
    ("collections", &[]),
    ("text", &[]),
    ("ledger", &[]),
];

/// Words that belong to one room of `src/` only: the words, the paths that may say them, and why.
const ROOMS: &[(&[&str], &[&str], &str)] = &[
    (
        &["yew", "web_sys", "js_sys", "gloo", "wasm_bindgen", "wasm_bindgen_futures"],
        &["src/ui/", "src/main.rs", "src/bin/"],
        "the engine knows nothing of the browser",
    ),
    (
        &["std :: fs", "std :: net", "std :: process", "std :: thread", "println", "eprintln"],
        &["src/bin/"],
        "the engine does no I/O",
    ),
    (&["SystemTime", "Instant :: now", "std :: env"], &["src/bin/"], "time and chance come in through Env"),
];

/// The words that are written nowhere, and why. In every Rust file, tests included.
const NOWHERE: &[(&str, &str)] = &[
    ("todo !", "finish it or leave it out"),
    ("unimplemented !", "finish it or leave it out"),
    ("dbg !", "a trace of debugging"),
    ("# [ ignore", "a test runs or does not exist"),
    ("allow ( dead_code", "code that nobody calls is deleted"),
    ("unsafe", "nothing here needs it"),
];

/// The words that shipped code does not say, and why. Tests may.
const NOT_SHIPPED: &[(&str, &str)] =
    &[(". unwrap ( )", "a user can make it panic: handle it, or state the invariant with expect(\"BUG: …\")")];

/// The names that may lie at the top of the repository.
const TOP: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "build.rs",
    "clippy.toml",
    "deny.toml",
    "typos.toml",
    "index.html",
    "rustfmt.toml",
    "src",
    "static",
    "tests",
    "benches",
    "macros",
    "xtask",
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    ".cargo",
    ".ci",
    ".gitignore",
    ".gitattributes",
];

#[test]
fn modules_name_only_modules_below_them() {
    let arrows: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    check(under("src/").flat_map(|source| {
        let module = source.module().filter(|module| *module != "ui" && !source.shipped.is_empty());
        module.map_or_else(Vec::new, |module| match arrows.get(module.as_str()) {
            Some(allowed) => wrong_arrows(source, &module, allowed),
            None => vec![format!("{}: `{module}` has no row in ARROWS; what may it name?", source.path)],
        })
    }));
}

fn wrong_arrows(source: &Source, module: &str, allowed: &[&str]) -> Vec<String> {
    let wrong =
        source.mentions().into_iter().filter(|at| at.module != module && !allowed.contains(&at.module.as_str()));
    wrong.map(|at| format!("{}:{}: `{module}` may not name `{}`", source.path, at.line, at.module)).collect()
}

#[test]
fn every_arrow_is_needed() {
    check(ARROWS.iter().flat_map(|(module, allowed)| {
        let sources: Vec<&Source> =
            under("src/").filter(|source| source.module().as_deref() == Some(*module)).collect();
        let named: BTreeSet<String> =
            sources.iter().flat_map(|source| source.mentions()).map(|mention| mention.module).collect();
        let gone = sources.is_empty().then(|| format!("ARROWS: there is no `{module}`"));
        let unused = allowed.iter().filter(|below| !named.contains(**below));
        let unused: Vec<String> = unused.map(|below| format!("ARROWS: `{module}` does not name `{below}`")).collect();
        gone.into_iter().chain(unused)
    }));
}

#[test]
fn arrows_form_no_circle() {
    let mut left: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    loop {
        let rows = left.clone();
        left.retain(|_, below| below.iter().any(|name| rows.contains_key(name)));
        if left.len() == rows.len() {
            break;
        }
    }
    assert_eq!(left.keys().collect::<Vec<_>>(), Vec::<&&str>::new(), "these modules stand above each other");
}

#[test]
fn words_of_one_room_are_said_in_no_other() {
    check(under("src/").flat_map(|source| {
        let rules = ROOMS.iter().filter(|(_, rooms, _)| !rooms.iter().any(|room| source.path.starts_with(room)));
        rules.flat_map(|(words, _, why)| words.iter().flat_map(|word| said(source, &source.shipped, word, why)))
    }));
}

#[test]
fn nothing_is_left_half_done_switched_off_or_unsafe() {
    check(
        sources()
            .iter()
            .flat_map(|source| NOWHERE.iter().flat_map(|(words, why)| said(source, &source.tokens, words, why))),
    );
}

#[test]
fn shipped_code_has_no_panic_without_a_stated_invariant() {
    check(under("src/").flat_map(|source| {
        let plain = NOT_SHIPPED.iter().flat_map(|(words, why)| said(source, &source.shipped, words, why));
        let expects = source.shipped.windows(5).filter(|window| {
            let [on, dot, expect, open, text] = window else { return false };
            // A parser's own `self.expect("]")` is no such thing.
            on.text != "self"
                && [&dot.text, &expect.text, &open.text] == [".", "expect", "("]
                && text.text.starts_with('"')
                && !text.text.starts_with("\"BUG: ")
        });
        plain.chain(expects.map(|at| format!("{}:{}: expect states an invariant: \"BUG: …\"", source.path, at[0].line)))
    }));
}

fn said(source: &Source, code: &[tokens::Token], words: &str, why: &str) -> Vec<String> {
    let words: Vec<&str> = words.split(' ').collect();
    let hits = code.windows(words.len()).filter(|window| window.iter().map(|token| &token.text).eq(&words));
    hits.map(|hit| format!("{}:{}: `{}`: {why}", source.path, hit[0].line, words.concat())).collect()
}

#[test]
fn every_file_says_first_what_it_is_for() {
    let kinds = [("rs", "//! "), ("mjs", "// "), ("js", "// "), ("css", "/* "), ("py", "\"\"\"")];
    check(kinds.into_iter().flat_map(|(kind, opening)| {
        let silent = written(kind).into_iter().filter(move |source| !source.text.starts_with(opening));
        silent.map(move |source| format!("{}: must open with `{opening}` and what it is for", source.path))
    }));
}

/// Returns every file with this ending that people write.
fn written(kind: &str) -> Vec<File> {
    ["src", "static", "tests", "xtask", "benches", "macros"]
        .into_iter()
        .flat_map(|folder| files(folder, kind))
        .collect()
}

#[test]
fn the_top_of_the_repository_holds_only_what_is_listed() {
    let there = kept_by_git().unwrap_or_else(lying_about);
    // A listing of nothing would be content with anything.
    check(TOP.iter().filter(|top| !there.contains(**top)).map(|top| format!("TOP: there is no `{top}`")));
    check(there.iter().filter(|top| !TOP.contains(&top.as_str())).map(|top| format!("`{top}` is not in TOP")));
}

#[test]
fn a_copy_without_its_history_is_looked_through_itself() {
    let there = lying_about();
    check(TOP.iter().filter(|top| !there.contains(**top)).map(|top| format!("`{top}` is overlooked")));
    assert!(!there.contains("target") && !there.contains(".git"), "{there:?}");
}

/// Returns what git keeps at the top; `None` where there is no git, or no history.
fn kept_by_git() -> Option<BTreeSet<String>> {
    let listing = Command::new("git").arg("ls-files").current_dir(root()).output().ok()?;
    let listing = String::from_utf8(listing.stdout).ok()?;
    let tops: BTreeSet<String> = listing.lines().filter_map(|path| path.split('/').next()).map(str::to_owned).collect();
    (!tops.is_empty()).then_some(tops)
}

/// Returns what lies at the top, but for the history and what `.gitignore` names.
fn lying_about() -> BTreeSet<String> {
    let ignored = fs::read_to_string(root().join(".gitignore")).expect(".gitignore");
    let ignored: Vec<&str> = ignored.lines().map(|line| line.trim_matches('/')).chain([".git"]).collect();
    let entries = fs::read_dir(root()).expect("the top of the repository").flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| !ignored.contains(&name.as_str())).collect()
}

#[test]
fn every_style_sheet_is_part_of_the_page() {
    let page = fs::read_to_string(root().join("index.html")).expect("index.html");
    check(files("static", "css").into_iter().filter_map(|sheet| {
        (!page.contains(&format!("href=\"{}\"", sheet.path)))
            .then(|| format!("{}: not linked in index.html", sheet.path))
    }));
}

#[test]
fn the_lock_file_of_npm_names_no_registry() {
    let lock = fs::read_to_string(root().join("tests/e2e/package-lock.json")).expect("package-lock.json");
    check(lock.lines().filter(|line| line.contains("\"resolved\"")).map(|line| {
        format!("package-lock.json:{line}: write it with `npm install --omit-lockfile-registry-resolved`")
    }));
}

/// Fails with every complaint at once.
#[track_caller]
fn check(complaints: impl IntoIterator<Item = String>) {
    let complaints: Vec<String> = complaints.into_iter().collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn the_rules_see_paths_in_every_spelling() {
    let names = |path: &str, text: &str| -> Vec<String> {
        Source::new(path, text).mentions().into_iter().map(|Mention { module, .. }| module).collect()
    };
    assert_eq!(names("src/a.rs", "use crate::b; fn f() { crate::c::d() }"), ["b", "c"]);
    assert_eq!(names("src/a.rs", "use crate::{b, c::{d, e}, f as g};"), ["b", "c", "f"]);
    assert_eq!(names("src/a/x.rs", "use super::y; use super::super::b; use super::super::{c, d::e};"), ["b", "c", "d"]);
    assert_eq!(names("src/a/mod.rs", "use super::b; mod inner { use super::x; use super::super::c; }"), ["b", "c"]);
    assert_eq!(
        names("src/a.rs", "use crate::{b, ui::{core::C, D, parts::{E, F}}}; crate::ui::frames::g()"),
        ["b", "ui::core", "ui", "ui::parts", "ui::frames"]
    );
    assert_eq!(
        names("src/ui/core/x.rs", "use super::super::hosts::A; use super::y; pub(in crate::ui) fn z() {}"),
        ["ui::hosts"]
    );
    assert_eq!(names("src/a.rs", "// crate::b\nconst C: &str = \"crate::d\"; /* crate::e /* */ crate::f */"), [""; 0]);
    assert_eq!(
        names("src/a.rs", "const R: &str = r#\"\"crate::b\"#; fn f<'a>(c: char) { c == '\"'; crate::d }"),
        ["d"]
    );
    assert_eq!(names("src/a.rs", "#[cfg(test)] mod tests { use crate::b; } use crate::c;"), ["c"]);
    assert_eq!(names("src/a.rs", "#[cfg(test)] #[path = \"x\"] mod tests; #[cfg(not(test))] use crate::c;"), ["c"]);
    assert_eq!(names("src/a.rs", "#[cfg(test)] const B: [u8; 2] = [crate::b, 0]; use crate::c;"), ["c"]);
}

#[test]
fn the_rules_see_words_and_not_comments_or_texts() {
    let words: Vec<String> =
        tokens("a.unwrap() // b\n\"c\\\"\" 'd' '\\'' &'e f").into_iter().map(|token| token.text).collect();
    assert_eq!(words, ["a", ".", "unwrap", "(", ")", "\"c\\\"\"", "'d'", "'\\''", "&", "'", "e", "f"]);
}
