//! `cargo xtask licences`: the list of what the page is made of, `static/licences.txt`, which is published with it.

use std::collections::BTreeSet;

use crate::paths;
use crate::run::{self, Result};

const FILE: &str = "static/licences.txt";

const HEAD: &str = "\
Stagecraft is licensed under MIT OR Apache-2.0.

Its program is built from the following packages, each under its own licence, and the Rust standard library
(MIT OR Apache-2.0, https://github.com/rust-lang/rust). The source of every package is at the address beside it and at
https://crates.io/crates/NAME/VERSION. They are used as they were published, unchanged.
";

/// Writes the list; with `--check`, only tells whether it is up to date.
pub(crate) fn run(args: &[String]) -> Result {
    let file = paths::root().join(FILE);
    let list = list()?;
    match args {
        [] => run::write(&file, &list),
        [check] if check == "--check" => {
            if run::read(&file)? == list {
                Ok(())
            } else {
                Err(format!("{FILE} is stale: `cargo xtask licences` writes it anew."))
            }
        }
        [other, ..] => Err(format!("`{other}` is not understood: cargo xtask licences [--check]")),
    }
}

fn list() -> Result<String> {
    let mut tree = run::cargo();
    tree.args([
        "tree",
        "--locked",
        "--package",
        "stagecraft",
        "--features",
        "split",
        "--target",
        "wasm32-unknown-unknown",
    ]);
    tree.args(["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}\t{l}\t{r}"]);
    let tree = run::quiet(&mut tree)?;
    let packages: BTreeSet<String> = tree.lines().filter_map(package).collect();
    Ok(packages.iter().fold(HEAD.to_owned(), |text, line| text + "\n" + line) + "\n")
}

/// Returns one package of cargo's tree, as a line of the list. `None` for the project's own.
fn package(line: &str) -> Option<String> {
    // cargo marks a package that it has listed before.
    let mut cells = line.trim_end_matches(" (*)").split('\t');
    let (name, licence, source) = (cells.next()?, cells.next()?, cells.next().unwrap_or_default());
    let mut words = name.split(' ');
    let (name, version, path) = (words.next()?, words.next()?.strip_prefix('v')?, words.next());
    if path.is_some_and(|path| path.starts_with('(')) {
        return None;
    }
    Some(
        format!(
            "{name} {version}  {}  {source}",
            licence.replace('/', " OR ").split_whitespace().collect::<Vec<_>>().join(" ")
        )
        .trim_end()
        .to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::package;

    #[test]
    fn the_published_list_of_licences_is_up_to_date() {
        assert_eq!(super::run(&["--check".to_owned()]), Ok(()));
    }

    #[test]
    fn a_package_is_listed_once_with_its_licence_and_source_and_the_project_is_not() {
        let listed = Some("cssize 7.0.0  MPL-2.0  https://example.com/cssize".to_owned());
        assert_eq!(package("cssize v7.0.0\tMPL-2.0\thttps://example.com/cssize"), listed);
        assert_eq!(package("cssize v7.0.0\tMPL-2.0\thttps://example.com/cssize (*)"), listed);
        assert_eq!(package("old v1.0.0\tMIT/Apache-2.0\t"), Some("old 1.0.0  MIT OR Apache-2.0".to_owned()));
        assert_eq!(package("stagecraft v0.1.0 (/home/me/stagecraft)\tMIT\t"), None);
    }
}
