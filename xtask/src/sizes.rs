//! Weighing the page in `dist/`: each file, each way in, beside the last landed page, and within the budgets.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::paths;
use crate::run::{self, Result};

/// A way into the page: which parts of the program it fetches until it can be used, and how much it may weigh.
struct Way {
    /// The deed of a visitor.
    name: &'static str,
    /// The parts of the program that are fetched, beside the first one: the names at `wasm_split` in `src/ui/`.
    parts: &'static [&'static str],
    /// Bytes, brotli-compressed.
    budget: u64,
}

/// The ways in, each of which fetches what the one before it does.
const WAYS: [Way; 3] = [
    Way { name: "a first visit: the map of the sample", parts: &[], budget: 180_000 },
    Way { name: "a link, an embed, saved work: map, URLs, calls", parts: &["engine"], budget: 587_000 },
    Way { name: "everything, all screens and the console opened", parts: &["engine", "screens"], budget: 992_000 },
];

/// The most that one file may weigh, brotli-compressed: parts of its name, and the bytes.
const FILES: [(&str, &str, u64); 4] = [
    ("stagecraft_bg", ".wasm", 160_000),
    ("split_engine", ".wasm", 46_000),
    ("chunk_", ".wasm", 356_000),
    ("split_screens", ".wasm", 409_000),
];

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
    /// The place among [`WAYS`] of the first that fetches it; `None` for what only readers of licences and such fetch.
    way: Option<usize>,
}

/// Prints the table, beside what the last landed page weighed, and fails when a file or a way in is over its budget.
pub(crate) fn report() -> Result {
    let weights = weigh()?;
    let landed = run::read(&landed_file())?;
    print!("\n{}\n{}", files_table(&weights), ways_table(&weights, &landed));
    within_budgets(&weights)
}

/// Writes down what the page in `dist/` weighs, for the changes that come to be compared with.
pub(crate) fn record() -> Result {
    let weights = weigh()?;
    let rows: String = sums(&weights).iter().map(|(name, sum)| format!("{sum}\t{name}\n")).collect();
    run::write(&landed_file(), &rows)
}

fn landed_file() -> PathBuf {
    paths::root().join("xtask/landed-sizes.txt")
}

fn weigh() -> Result<Vec<Weight>> {
    let dist = paths::dist();
    let page = run::read(&dist.join("index.html"))?;
    let listing = run::quiet(Command::new("node").args(["-e", WEIGH]).arg(&dist))?;
    let loader =
        listing.lines().filter_map(|line| line.split('\t').next()).find(|path| path.ends_with("__wasm_split.js"));
    let loader = loader.ok_or("dist/ holds no program: cargo xtask build")?;
    let ways = Ways { page, loader: run::read(&dist.join(loader))? };
    let weights = listing.lines().map(|line| weight(line, &ways)).collect::<Option<Vec<_>>>();
    weights.ok_or_else(|| format!("The listing of dist/ is not understood:\n{listing}"))
}

fn weight(line: &str, ways: &Ways) -> Option<Weight> {
    let mut cells = line.split('\t');
    let path = cells.next()?.to_owned();
    let mut number = || cells.next()?.parse::<u64>().ok();
    let (raw, gzip, brotli) = (number()?, number()?, number()?);
    Some(Weight { way: ways.of(&path), path, raw, gzip, brotli })
}

/// Tells which way in fetches a file.
struct Ways {
    /// The page, which names what a first visit fetches.
    page: String,
    /// The script that fetches the program's later parts: it names the files of each.
    loader: String,
}

impl Ways {
    /// Returns the place of the first way in that fetches the file.
    fn of(&self, path: &str) -> Option<usize> {
        let kind = Path::new(path).extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        if is_first_load(path, &self.page) {
            return Some(0);
        }
        let stem = Path::new(path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        match kind {
            "wasm" => WAYS.iter().position(|way| way.parts.iter().any(|part| self.fetches(part, stem))),
            // What only screens of a later part need is put to use with the first of them.
            "css" => Some(1),
            _ => None,
        }
    }

    /// Tells whether a part of the program is in a file, or needs it. The loader has a line for each part, with the
    /// variables of the files that it shares with others; above each of those stands who shares it.
    fn fetches(&self, part: &str, stem: &str) -> bool {
        if let Some(own) = stem.strip_prefix("split_") {
            return own == part;
        }
        let Some((before, _)) = self.loader.split_once(&format!("\"./{stem}.wasm\"")) else { return false };
        let sharing = before.rsplit_once("/*").and_then(|(_, rest)| rest.split_once("*/"));
        sharing.is_some_and(|(names, _)| names.split(',').any(|name| name.trim() == part))
    }
}

/// Returns the page, the scripts, sheets and programs that it names, and the snippets that a program imports. A sheet
/// that the page names without using it is for later: a browser fetches it last, and nothing waits for it.
fn is_first_load(path: &str, page: &str) -> bool {
    let kind = Path::new(path).extension().and_then(|kind| kind.to_str()).unwrap_or_default();
    let code = ["js", "mjs", "css", "wasm"].contains(&kind);
    // A script of the program's folder may import any other there; its programs are fetched one at a time.
    let imported = path.starts_with("program-") && kind == "js" || path.contains("/snippets/");
    let later = page.split('<').any(|tag| tag.contains(path) && tag.contains(r#"media="print""#));
    path == "index.html" || code && !later && (imported || page.contains(path))
}

fn files_table(weights: &[Weight]) -> String {
    let width = weights.iter().map(|weight| weight.path.len()).max().unwrap_or(0).max(30);
    let mut text = format!("way {:width$} {:>10} {:>10} {:>10}\n", "file", "raw", "gzip", "brotli");
    for weight in weights {
        let way = weight.way.map_or(String::new(), |way| (way + 1).to_string());
        let [raw, gzip, brotli] = [weight.raw, weight.gzip, weight.brotli].map(thousands);
        text.push_str(&format!("{way:>3} {:width$} {raw:>10} {gzip:>10} {brotli:>10}\n", weight.path));
    }
    text
}

/// Returns what each way in fetches, brotli-compressed.
fn sums(weights: &[Weight]) -> Vec<(&'static str, u64)> {
    let fetched = |last: usize| weights.iter().filter(move |weight| weight.way.is_some_and(|way| way <= last));
    WAYS.iter().enumerate().map(|(at, way)| (way.name, fetched(at).map(|weight| weight.brotli).sum())).collect()
}

fn ways_table(weights: &[Weight], landed: &str) -> String {
    let mut text = format!("way {:52} {:>9} {:>9} {:>9}\n", "in, brotli", "now", "landed", "budget");
    for (at, (name, sum)) in sums(weights).into_iter().enumerate() {
        let before = landed.lines().filter_map(|line| line.split_once('\t')).find(|(_, landed)| *landed == name);
        let before = before.and_then(|(sum, _)| sum.parse().ok()).map_or("–".to_owned(), thousands);
        let budget = WAYS.get(at).map_or(0, |way| way.budget);
        text.push_str(&format!("{:>3} {name:52} {:>9} {before:>9} {:>9}\n", at + 1, thousands(sum), thousands(budget)));
    }
    text
}

fn within_budgets(weights: &[Weight]) -> Result {
    let mut over = Vec::new();
    let mut check = |name: &str, have: u64, may: u64| {
        if have > may {
            over.push(format!("{name} is over its budget: {} bytes, brotli, of {}.", thousands(have), thousands(may)));
        }
    };
    for (way, (name, sum)) in WAYS.iter().zip(sums(weights)) {
        check(name, sum, way.budget);
    }
    for (stem, kind, budget) in FILES {
        let of_name = |weight: &&Weight| weight.path.contains(stem) && weight.path.ends_with(kind);
        for weight in weights.iter().filter(of_name) {
            check(&weight.path, weight.brotli, budget);
        }
    }
    if over.is_empty() { Ok(()) } else { Err(over.join("\n")) }
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
    use super::{FILES, WAYS, Ways, Weight, sums, thousands, ways_table, weight, within_budgets};

    fn ways() -> Ways {
        let page = r#"<link rel="stylesheet" href="./style-1.css"><link rel="icon" href="./icon-1.svg"><link rel="stylesheet" href="./drawer-1.css" media="print">"#;
        let loader = r#"
/* engine, other */
const __chunk_2 = makeLoad(() => { fetch(new URL("./chunk_2.wasm", import.meta.url)) }, []);
/* other, third */
const __chunk_3 = makeLoad(() => { fetch(new URL("./chunk_3.wasm", import.meta.url)) }, []);
export const __wasm_split_load_screens = wrapAsyncCb(makeLoad(() => { fetch(new URL("./split_screens.wasm", import.meta.url)) }, [__chunk_2]));
export const __wasm_split_load_engine = wrapAsyncCb(makeLoad(() => { fetch(new URL("./split_engine.wasm", import.meta.url)) }, [__chunk_2]));"#;
        Ways { page: page.to_owned(), loader: loader.to_owned() }
    }

    #[test]
    fn a_first_visit_fetches_what_the_page_names_and_what_a_program_imports() {
        for path in ["index.html", "style-1.css", "program-1/__wasm_split.js", "program-1/snippets/a/inline0.js"] {
            assert_eq!(ways().of(path), Some(0), "{path}");
        }
        for path in ["embed.js", "icon-1.svg", "licences.txt"] {
            assert_eq!(ways().of(path), None, "{path}");
        }
    }

    #[test]
    fn a_later_part_fetches_its_file_and_those_that_it_shares() {
        for path in ["drawer-1.css", "program-1/split_engine.wasm", "program-1/chunk_2.wasm"] {
            assert_eq!(ways().of(path), Some(1), "{path}");
        }
        assert_eq!(ways().of("program-1/split_screens.wasm"), Some(2));
        assert_eq!(ways().of("program-1/chunk_3.wasm"), None);
    }

    fn page(first: u64, later: u64) -> [Weight; 2] {
        let file = |path: &str, brotli, way| Weight { path: path.to_owned(), raw: 0, gzip: 0, brotli, way: Some(way) };
        [file("index.html", first, 0), file("drawer.css", later, 1)]
    }

    #[test]
    fn a_way_in_weighs_what_it_and_those_before_it_fetch() {
        let [first, second] = [WAYS[0].budget, WAYS[1].budget];
        assert_eq!(sums(&page(3, 4)).into_iter().map(|(_, sum)| sum).collect::<Vec<_>>()[..2], [3, 7]);
        assert_eq!(within_budgets(&page(first, second - first)), Ok(()));
        let over = within_budgets(&page(first + 1, 0)).expect_err("over its budget");
        assert_eq!(over, "a first visit: the map of the sample is over its budget: 180 001 bytes, brotli, of 180 000.");
        assert!(within_budgets(&page(first, second)).is_err());
    }

    #[test]
    fn a_file_over_its_budget_is_refused() {
        let (stem, kind, budget) = FILES[0];
        let file = |brotli| [Weight { path: format!("program-1/{stem}{kind}"), raw: 0, gzip: 0, brotli, way: None }];
        assert_eq!(within_budgets(&file(budget)), Ok(()));
        assert!(within_budgets(&file(budget + 1)).is_err());
    }

    #[test]
    fn what_a_way_in_weighs_stands_beside_what_it_weighed_when_it_landed() {
        let landed = format!("1234\t{}\n", WAYS[0].name);
        let table = ways_table(&page(3, 4), &landed);
        let row = table.lines().nth(1).unwrap_or_default();
        assert!(row.contains(" 3 ") && row.contains("1 234") && row.contains("180 000"), "{table}");
    }

    #[test]
    fn a_line_of_the_listing_is_read_or_refused_whole() {
        let read = weight("index.html\t1000\t300\t200", &ways()).map(|weight| (weight.raw, weight.gzip, weight.brotli));
        assert_eq!(read, Some((1000, 300, 200)));
        assert_eq!(weight("a.js\t1000\t300", &ways()), None);
    }

    #[test]
    fn numbers_are_set_in_groups_of_three() {
        let set: Vec<_> = [0, 999, 1000, 1_234_567].map(thousands).into();
        assert_eq!(set, ["0", "999", "1 000", "1 234 567"]);
    }
}
