//! Holds what README.md, ARCHITECTURE.md and CONTRIBUTING.md say about the repository against the repository: paths, rooms,
//! tasks. What they say in words only a reader can check.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::source::{root, under};
use super::{TOP, check};

/// The guides at the top of the repository.
const GUIDES: [&str; 3] = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];

/// Where a path in a guide may begin, beside the top: the words around it say in which room it is.
const INSIDE: [&str; 10] = [
    "src",
    "src/ui",
    "src/ui/panels",
    "src/ui/hosts",
    "src/ui/core",
    "src/control_plane",
    "src/data_plane",
    "src/dialects",
    "src/bin/endpoint",
    "tests",
];

/// The folders that the tasks make and nobody keeps.
const MADE: [&str; 2] = ["target", "dist"];

fn guide(name: &str) -> String {
    fs::read_to_string(root().join(name)).expect("a guide")
}

/// Returns what stands between backticks, but for blocks of code.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let prose = text.split("```").step_by(2);
    prose.flat_map(|prose| prose.split('`').skip(1).step_by(2))
}

/// Tells whether a word is meant as a path: of plain letters, with a slash or the ending of a file.
fn is_path(word: &str) -> bool {
    let plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-*".contains(&byte));
    let ends = [".rs", ".md", ".mjs", ".css", ".html", ".toml", ".txt", ".json"].iter().any(|end| word.ends_with(end));
    plain && (ends || word.contains('/')) && !word.starts_with('/')
}

/// Tells whether there is such a file or folder. `*.md` stands for any file of its folder.
fn is_there(path: &str) -> bool {
    let path = path.split("/*").next().unwrap_or(path).trim_end_matches('/');
    let at = |folder: &Path| folder.join(path).exists() || folder.join(format!("{path}.rs")).exists();
    MADE.contains(&path.split('/').next().unwrap_or(path))
        || at(root())
        || INSIDE.iter().any(|room| at(&root().join(room)))
}

#[test]
fn every_path_that_a_guide_names_is_there() {
    check(GUIDES.into_iter().flat_map(|name| {
        let text = guide(name);
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let links = links.filter(|link| !link.contains("://"));
        let paths: BTreeSet<&str> = quoted(&text).filter(|word| is_path(word)).chain(links).collect();
        let gone = paths.into_iter().filter(|path| !is_there(path));
        gone.map(|path| format!("{name}: there is no `{path}`")).collect::<Vec<_>>()
    }));
}

#[test]
fn every_task_that_a_guide_names_is_there() {
    let tasks = fs::read_to_string(root().join("xtask/src/main.rs")).expect("xtask/src/main.rs");
    check(GUIDES.into_iter().flat_map(|name| {
        let text = guide(name);
        let named: BTreeSet<String> = text
            .split("cargo xtask ")
            .skip(1)
            .map(|rest| rest.chars().take_while(char::is_ascii_lowercase).collect::<String>())
            .filter(|task| !task.is_empty() && !tasks.contains(&format!("\"{task}\" => ")))
            .collect();
        // `cargo xtask` alone is followed by words of the sentence, which begin no task.
        let prose = ["lists"];
        named
            .into_iter()
            .filter(|task| !prose.contains(&task.as_str()))
            .map(|task| format!("{name}: no task `{task}`"))
            .collect::<Vec<_>>()
    }));
}

#[test]
fn the_code_map_names_every_room() {
    let map = guide("ARCHITECTURE.md");
    let named: BTreeSet<&str> = quoted(&map).collect();
    let is_named = |path: &str| named.contains(path) || named.contains(format!("{path}/").as_str());
    let folders = TOP.iter().filter(|top| **top != "src" && root().join(top).is_dir()).map(|top| (*top).to_owned());
    let modules: BTreeSet<String> = under("src/").filter_map(|source| source.module()).collect();
    let modules = modules.into_iter().map(|module| {
        if let Some(floor) = module.strip_prefix("ui::") {
            return floor.to_owned();
        }
        if root().join("src").join(&module).join("mod.rs").exists() {
            format!("src/{module}")
        } else {
            format!("src/{module}.rs")
        }
    });
    check(folders.chain(modules).filter_map(|room| {
        (!is_named(&room)).then(|| format!("ARCHITECTURE.md: the code map does not name `{room}`"))
    }));
}

#[test]
fn words_are_taken_for_paths_by_their_form() {
    for path in ["src/ui/", "wire.rs", "tests/aws/*.md", "ui/boot/later.rs", ".ci/run"] {
        assert!(is_path(path), "{path}");
    }
    for other in ["/_stagecraft/reset", "aws …", "GET /users", "Store::with_later", "cargo xtask test", "key=value,a/b"]
    {
        assert!(!is_path(other), "{other}");
    }
    assert!(!is_there("src/nothing/"));
    assert_eq!(quoted("a `b` c\n```sh\n`d`\n```\n`e`").collect::<Vec<_>>(), ["b", "e"]);
}
