//! The published program: what cargo has linked, cut at the seams in `src/ui/boot/` and made small.
//!
//! Trunk has put the program into `dist/` as one large file. Here it gives way to a folder, named after its content, with
//! what the map needs, what comes later, and the two scripts that load them.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::paths;
use crate::run::{self, Result, say};

/// The name of the program's parts. The script that fetches the later parts names the first one.
const NAME: &str = "stagecraft";

/// The features that browsers of the last three years have; more than that would be a program that they refuse.
const WASM_FEATURES: [&str; 8] = [
    "bulk-memory",
    "bulk-memory-opt",
    "call-indirect-overlong",
    "multivalue",
    "mutable-globals",
    "nontrapping-float-to-int",
    "reference-types",
    "sign-ext",
];

/// Puts the program in its parts into `dist/`, in the place of the one that Trunk has put there.
pub(crate) fn publish() -> Result {
    say("Cutting the program into its files and making them small…");
    let (cut, small) = (paths::target().join("cut"), paths::target().join("program"));
    for folder in [&cut, &small] {
        // What is not there need not go.
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    }
    let linked = paths::target().join("wasm32-unknown-unknown/release").join(format!("{NAME}.wasm"));
    let mut split = Command::new(paths::tool("wasm-split-cli"));
    run::quiet(split.arg(linked).arg(&cut).args(["--out-name", NAME, "--target", "web"]))?;
    let mut bind = Command::new(paths::tool("wasm-bindgen"));
    bind.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", NAME, "--out-dir"])
        .arg(&small);
    run::quiet(bind.arg(cut.join(format!("{NAME}.wasm"))))?;
    for file in files(&cut)? {
        let name = file_name(&file);
        if name != format!("{NAME}.wasm") {
            fs::copy(&file, small.join(&name)).map_err(|error| format!("{name} cannot be copied: {error}"))?;
        }
    }
    for file in files(&small)?.iter().filter(|file| file.extension().is_some_and(|kind| kind == "wasm")) {
        run::quiet(optimiser()?.arg(file).arg("-o").arg(file))?;
    }
    let folder = format!("program-{:016x}", fingerprint(&small)?);
    fs::rename(&small, paths::dist().join(&folder)).map_err(|error| format!("{folder} cannot be moved: {error}"))?;
    let page = paths::dist().join("index.html");
    let (text, [js, wasm]) = repoint(&run::read(&page)?, &folder)?;
    for file in [js, wasm] {
        fs::remove_file(paths::dist().join(&file)).map_err(|error| format!("{file} cannot be removed: {error}"))?;
    }
    run::write(&page, &text)
}

/// Returns the program's parts made small, but with the names of their functions, which the published ones have not.
pub(crate) fn named() -> Result<Vec<PathBuf>> {
    let (cut, named) = (paths::target().join("cut"), paths::target().join("named"));
    // What is not there need not go.
    let _ = fs::remove_dir_all(&named);
    fs::create_dir_all(&named).map_err(|error| format!("{} cannot be made: {error}", named.display()))?;
    let mut out = Vec::new();
    for file in files(&cut)?.into_iter().filter(|file| file.extension().is_some_and(|kind| kind == "wasm")) {
        let small = named.join(file_name(&file));
        run::quiet(optimiser()?.arg("-g").arg(&file).arg("-o").arg(&small))?;
        out.push(small);
    }
    Ok(out)
}

/// Returns `wasm-opt` of npm's binaryen, for size.
fn optimiser() -> Result<Command> {
    let mut command = run::script("wasm-opt");
    command.env("PATH", paths::path_with_tools()?).arg("-Oz");
    command.args(WASM_FEATURES.map(|feature| format!("--enable-{feature}")));
    Ok(command)
}

/// Returns the page with the folder's program in the place of Trunk's, and the names of Trunk's two files.
fn repoint(page: &str, folder: &str) -> Result<(String, [String; 2])> {
    let named = |attribute: &str| {
        let (_, rest) = page.split_once(&format!("{attribute}=\"./"))?;
        rest.split_once('"').map(|(name, _)| name.to_owned())
    };
    let (Some(js), Some(wasm)) = (named("data-js"), named("data-wasm")) else {
        return Err("dist/index.html does not name its program.".to_owned());
    };
    let text = page.replace(&js, &format!("{folder}/{NAME}.js")).replace(&wasm, &format!("{folder}/{NAME}_bg.wasm"));
    // The first script imports the second, which the browser would else learn only then.
    let preload = format!("<link rel=\"modulepreload\" href=\"./{folder}/__wasm_split.js\"></head>");
    Ok((text.replacen("</head>", &preload, 1), [js, wasm]))
}

/// Returns the files of a folder, in order of their names.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(std::result::Result::ok).map(|entry| entry.path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    Ok(files)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Returns a number that changes with any of a folder's files.
fn fingerprint(folder: &Path) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    for file in files(folder)? {
        let bytes = fs::read(&file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
        hasher.write(file_name(&file).as_bytes());
        hasher.write(&bytes);
    }
    Ok(hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::repoint;

    #[test]
    fn the_page_names_the_new_program_wherever_it_named_the_old() {
        let page = r#"<head><meta data-js="./a-1.js" data-wasm="./a-1_bg.wasm"><link href="./a-1.js"></head>"#;
        let (text, old) = repoint(page, "program-2").expect("the page names its program");
        assert_eq!(
            text,
            r#"<head><meta data-js="./program-2/stagecraft.js" data-wasm="./program-2/stagecraft_bg.wasm"><link href="./program-2/stagecraft.js"><link rel="modulepreload" href="./program-2/__wasm_split.js"></head>"#
        );
        assert_eq!(old, ["a-1.js", "a-1_bg.wasm"]);
        assert!(repoint("<head></head>", "program-2").is_err());
    }
}
