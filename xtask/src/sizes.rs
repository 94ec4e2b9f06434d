//! What the page in `dist/` weighs, and whether that is within the budget.

use std::path::Path;
use std::process::Command;

use crate::paths;
use crate::run::{self, Result};

/// What may be fetched, brotli-compressed, until the map can be used on a first visit.
const FIRST_LOAD_BUDGET: u64 = 180_000;

/// Compresses every file as a static host would, at the highest level: path, raw, gzip, brotli.
const WEIGH: &str = r"
const { readFileSync, readdirSync } = require('node:fs');
const { join, relative } = require('node:path');
const { brotliCompressSync, gzipSync } = require('node:zlib');
const root = process.argv[1];
const walk = (dir) => readdirSync(dir, { withFileTypes: true })
  .flatMap((entry) => (entry.isDirectory() ? walk(join(dir, entry.name)) : [join(dir, entry.name)]));
for (const file of walk(root).sort()) {
  const bytes = readFileSync(file);
  const path = relative(root, file).replaceAll('\\', '/');
  console.log([path, bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length].join('\t'));
}";

/// One file of the site.
#[derive(Debug, PartialEq)]
struct Weight {
    path: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
    first_load: bool,
}

/// Prints the table, and fails when the first load is over its budget.
pub(crate) fn report() -> Result {
    let dist = paths::dist();
    let page = run::read(&dist.join("index.html"))?;
    let listing = run::quiet(Command::new("node").args(["-e", WEIGH]).arg(&dist))?;
    let weights = listing.lines().map(|line| weight(line, &page)).collect::<Option<Vec<_>>>();
    let weights = weights.ok_or_else(|| format!("The listing of dist/ is not understood:\n{listing}"))?;
    print!("\n{}\n", table(&weights));
    within_budget(&weights)
}

fn weight(line: &str, page: &str) -> Option<Weight> {
    let mut cells = line.split('\t');
    let path = cells.next()?.to_owned();
    let mut number = || cells.next()?.parse::<u64>().ok();
    let (raw, gzip, brotli) = (number()?, number()?, number()?);
    Some(Weight { first_load: is_first_load(&path, page), path, raw, gzip, brotli })
}

/// The page, the scripts, sheets and programs that it names, and the snippets that a program imports. A sheet that the page
/// names without using it is for later: a browser fetches it last, and nothing waits for it.
fn is_first_load(path: &str, page: &str) -> bool {
    let kind = Path::new(path).extension().and_then(|kind| kind.to_str()).unwrap_or_default();
    let code = ["js", "mjs", "css", "wasm"].contains(&kind);
    // A script of the program's folder may import any other there; its programs are fetched one at a time.
    let imported = path.starts_with("program-") && kind == "js" || path.contains("/snippets/");
    let later = page.split('<').any(|tag| tag.contains(path) && tag.contains(r#"media="print""#));
    path == "index.html" || code && !later && (imported || page.contains(path))
}

fn table(weights: &[Weight]) -> String {
    let width = weights.iter().map(|weight| weight.path.len()).max().unwrap_or(0).max(30);
    let mut text = format!("  {:width$} {:>10} {:>10} {:>10}\n", "file (* first load)", "raw", "gzip", "brotli");
    let mut row = |mark: &str, name: &str, sums: [u64; 3]| {
        let [raw, gzip, brotli] = sums.map(thousands);
        text.push_str(&format!("{mark} {name:width$} {raw:>10} {gzip:>10} {brotli:>10}\n"));
    };
    for weight in weights {
        row(if weight.first_load { "*" } else { " " }, &weight.path, [weight.raw, weight.gzip, weight.brotli]);
    }
    row("*", "first load", first_load(weights));
    text
}

fn first_load(weights: &[Weight]) -> [u64; 3] {
    let mut sums = [0; 3];
    for weight in weights.iter().filter(|weight| weight.first_load) {
        sums[0] += weight.raw;
        sums[1] += weight.gzip;
        sums[2] += weight.brotli;
    }
    sums
}

fn within_budget(weights: &[Weight]) -> Result {
    let [_, _, brotli] = first_load(weights);
    let (have, may) = (thousands(brotli), thousands(FIRST_LOAD_BUDGET));
    if brotli > FIRST_LOAD_BUDGET {
        return Err(format!("The first load is over its budget: {have} bytes, brotli, of {may}."));
    }
    println!("The first load is within its budget: {have} bytes, brotli, of {may}.");
    Ok(())
}

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{FIRST_LOAD_BUDGET, Weight, is_first_load, thousands, weight, within_budget};

    #[test]
    fn the_first_load_is_what_the_page_names_and_what_a_program_imports() {
        let page = r#"<link rel="stylesheet" href="./style-1.css"><link rel="icon" href="./icon-1.svg"><link rel="stylesheet" href="./drawer-1.css" media="print">"#;
        for path in ["index.html", "style-1.css", "program-1/__wasm_split.js", "program-1/snippets/a/inline0.js"] {
            assert!(is_first_load(path, page), "{path}");
        }
        for path in ["embed.js", "icon-1.svg", "drawer-1.css", "licences.txt", "program-1/split_later.wasm"] {
            assert!(!is_first_load(path, page), "{path}");
        }
    }

    #[test]
    fn a_page_over_its_budget_is_refused() {
        let page = |brotli| [Weight { path: "index.html".to_owned(), raw: 0, gzip: 0, brotli, first_load: true }];
        assert_eq!(within_budget(&page(FIRST_LOAD_BUDGET)), Ok(()));
        let refused = within_budget(&page(FIRST_LOAD_BUDGET + 1));
        assert_eq!(refused, Err("The first load is over its budget: 180 001 bytes, brotli, of 180 000.".to_owned()));
    }

    #[test]
    fn a_line_of_the_listing_is_read_or_refused_whole() {
        let read = weight("a.js\t1000\t300\t200", "./a.js").map(|weight| (weight.raw, weight.gzip, weight.brotli));
        assert_eq!(read, Some((1000, 300, 200)));
        assert_eq!(weight("a.js\t1000\t300", ""), None);
    }

    #[test]
    fn numbers_are_set_in_groups_of_three() {
        let set: Vec<_> = [0, 999, 1000, 1_234_567].map(thousands).into();
        assert_eq!(set, ["0", "999", "1 000", "1 234 567"]);
    }
}
