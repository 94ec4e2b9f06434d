//! Tells the linker what the page's program needs of it, when it is to be cut in two.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let wasm = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    if wasm && env::var_os("CARGO_FEATURE_SPLIT").is_some() {
        // The cut follows the linker's notes of who refers to whom.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
