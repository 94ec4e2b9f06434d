//! Java's regular expressions, as far as regex-lite's reach: no look-around, no back-references.

use super::methods::excerpt;
use super::{Budget, Fault};
use regex_lite::{Captures, Regex, RegexBuilder};

/// The largest compiled pattern, in bytes.
const MAX_COMPILED: usize = 1 << 18;

/// Tells whether the whole text matches: Java's `matches`.
pub(super) fn matches(pattern: &str, text: &str, budget: &mut Budget) -> Result<bool, Fault> {
    let regex = compile(&format!(r"\A(?:{})\z", translate(pattern)), pattern, text, budget)?;
    Ok(regex.is_match(text))
}

/// Java's `replaceAll` and `replaceFirst`.
pub(super) fn replace(pattern: &str, text: &str, to: &str, all: bool, budget: &mut Budget) -> Result<String, Fault> {
    let regex = compile(&translate(pattern), pattern, text, budget)?;
    let mut out = String::with_capacity(text.len());
    let mut after = 0;
    for captures in regex.captures_iter(text) {
        let Some(whole) = captures.get(0) else { break };
        out.push_str(text.get(after..whole.start()).unwrap_or(""));
        expand(to, &captures, &mut out)?;
        after = whole.end();
        if out.len() > budget.max_bytes() {
            return Err(Fault::too_large());
        }
        if !all {
            break;
        }
    }
    out.push_str(text.get(after..).unwrap_or(""));
    budget.spend_text(out.len())?;
    Ok(out)
}

/// Java's `split`, trailing empty parts included; at most `most` parts.
pub(super) fn split<'t>(
    pattern: &str,
    text: &'t str,
    most: Option<usize>,
    budget: &mut Budget,
) -> Result<Vec<&'t str>, Fault> {
    let most = most.unwrap_or(usize::MAX);
    let mut parts = Vec::new();
    let mut after = 0;
    let mut part = |start: usize, end: usize| {
        // A match of nothing at the very start makes no part.
        if end > 0 && parts.len() + 1 < most {
            parts.push(text.get(after..start).unwrap_or(""));
            after = end;
        }
    };
    if is_plain(pattern) {
        text.match_indices(pattern).for_each(|(start, found)| part(start, start + found.len()));
    } else {
        let regex = compile(&translate(pattern), pattern, text, budget)?;
        let ends = regex.find_iter(text).map(|found| (found.start(), found.end()));
        ends.filter(|(start, end)| start < end || *start < text.len()).for_each(|(start, end)| part(start, end));
    }
    parts.push(text.get(after..).unwrap_or(""));
    Ok(parts)
}

/// Tells whether a pattern means itself.
fn is_plain(pattern: &str) -> bool {
    !pattern.is_empty() && !pattern.contains(['\\', '^', '$', '.', '|', '?', '*', '+', '(', ')', '[', ']', '{', '}'])
}

/// Returns what Java quotes as `\Q…\E`, quoted for regex-lite; everything else has one meaning for both.
pub(crate) fn translate(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(start) = rest.find("\\Q") {
        let (before, quoted) = (rest.get(..start).unwrap_or(""), rest.get(start + 2..).unwrap_or(""));
        let (quoted, after) = quoted.split_once("\\E").unwrap_or((quoted, ""));
        out.push_str(before);
        out.push_str(&regex_lite::escape(quoted));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn compile(translated: &str, pattern: &str, text: &str, budget: &mut Budget) -> Result<Regex, Fault> {
    // Matching takes time in proportion to the text times the compiled pattern, in which `{n}` repeats.
    let work = (pattern.len() as u64).saturating_mul(repetitions(pattern));
    budget.spend(64 + work.saturating_mul(1 + text.len() as u64 / 16))?;
    RegexBuilder::new(translated).size_limit(MAX_COMPILED).build().map_err(|error| {
        Fault::method(format!("The regular expression \"{}\" can't be used: {error}.", excerpt(pattern)))
    })
}

/// Returns how often the counted repetitions of a pattern multiply it, at most.
fn repetitions(pattern: &str) -> u64 {
    let counts = pattern.split('{').skip(1).filter_map(|counted| {
        let (counts, _) = counted.split_once('}')?;
        counts.split(',').filter_map(|count| count.trim().parse::<u64>().ok()).max()
    });
    counts.fold(1, |product, count| product.saturating_mul(count.max(1)))
}

/// Java's replacement text: `$1` and `${name}` are groups, a backslash takes the next character as it is.
fn expand(to: &str, captures: &Captures<'_>, out: &mut String) -> Result<(), Fault> {
    let mut rest = to;
    while let Some(special) = rest.find(['\\', '$']) {
        out.push_str(rest.get(..special).unwrap_or(""));
        let tail = rest.get(special + 1..).unwrap_or("");
        if rest.as_bytes().get(special) == Some(&b'\\') {
            let Some(character) = tail.chars().next() else {
                return Err(Fault::method("The replacement ends with a single backslash."));
            };
            out.push(character);
            rest = tail.get(character.len_utf8()..).unwrap_or("");
            continue;
        }
        let (group, taken) = group(tail, captures)?;
        out.push_str(group);
        rest = tail.get(taken..).unwrap_or("");
    }
    out.push_str(rest);
    Ok(())
}

/// Returns the text of the group that `tail`, after a `$`, names, and how many bytes name it.
fn group<'t>(tail: &str, captures: &Captures<'t>) -> Result<(&'t str, usize), Fault> {
    let text = |found: Option<regex_lite::Match<'t>>| found.map_or("", |found| found.as_str());
    if let Some((name, _)) = tail.strip_prefix('{').and_then(|name| name.split_once('}')) {
        return Ok((text(captures.name(name)), name.len() + 2));
    }
    let mut number: Option<usize> = None;
    let mut taken = 0;
    for byte in tail.bytes().take_while(u8::is_ascii_digit) {
        let longer = number.unwrap_or(0).saturating_mul(10).saturating_add(usize::from(byte - b'0'));
        // Further digits belong to the number only as long as there is such a group.
        if number.is_some() && longer >= captures.len() {
            break;
        }
        number = Some(longer);
        taken += 1;
    }
    match number {
        Some(number) if number < captures.len() => Ok((text(captures.get(number)), taken)),
        Some(number) => Err(Fault::method(format!("The replacement names group {number}, which is not there."))),
        None => Err(Fault::method("A $ in a replacement must name a group, such as $1, or be written as \\$.")),
    }
}
