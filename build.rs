//! Tells the linker what the page's program needs of it, when it is to be cut in two; and collects what the scenarios say about
//! their sources, for the page that says how faithful all this is.

use std::{env, fmt::Write as _, fs, io, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let wasm = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    if wasm && env::var_os("CARGO_FEATURE_SPLIT").is_some() {
        // The cut follows the linker's notes of who refers to whom.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
    println!("cargo::rerun-if-changed=tests/aws");
    let ledger = ledger(Path::new("tests/aws")).expect("BUG: the scenarios in tests/aws can be read");
    let out = env::var_os("OUT_DIR").expect("BUG: Cargo names a folder");
    fs::write(Path::new(&out).join("ledger.rs"), ledger).expect("BUG: Cargo's folder can be written");
}

/// A Rust expression: per title in the files its facts, each with its heading and what stands after `Source:`.
fn ledger(folder: &Path) -> io::Result<String> {
    let mut files: Vec<_> = fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let mut out = String::from("&[\n");
    for file in files.iter().filter(|file| file.extension().is_some_and(|kind| kind == "md")) {
        let text = format!("\n{}", fs::read_to_string(file)?);
        for subject in text.split("\n# ").skip(1) {
            let title = subject.lines().next().unwrap_or_default().trim();
            let facts: Vec<(&str, String)> = subject.split("\n## ").skip(1).filter_map(fact).collect();
            if !facts.is_empty() {
                let _ = writeln!(out, "    ({title:?}, &{facts:?}),");
            }
        }
    }
    Ok(out + "]\n")
}

/// A section's heading, and its source: the paragraph that begins so.
fn fact(section: &str) -> Option<(&str, String)> {
    let heading = section.lines().next()?;
    let source = section.split("\n\n").find_map(|paragraph| paragraph.trim().strip_prefix("Source:"))?;
    Some((heading.trim(), source.split_whitespace().collect::<Vec<_>>().join(" ")))
}
