"""Whether an answer is the one that a scenario expects. tests/lesson/grammar.json holds this file and src/lesson to one grammar.

In texts `<id>`, `<date>`, `<uuid>`, `<number>` stand for anything of their form, `<text>` and `...` for anything. A line `...`
stands for any number of lines, a bare `...` in JSON for any value, any more members, or any more elements.
"""

import json
import re

HOLES = {
    "<id>": r"(?:[a-z0-9]{6}|[a-z0-9]{10})",
    "<date>": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+00:00",
    "<uuid>": r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "<requestId>": r"[!-<>-~]{15}=",
    "<number>": r"[0-9]+",
    "<text>": r".*",
    "...": r".*",
}
HOLE = re.compile("(" + "|".join(re.escape(hole) for hole in HOLES) + ")")
ANY = "\0anything"


def difference(expected, actual):
    """Why an answer is not the expected one; None when it is."""
    if expected.startswith("HTTP/2 ") and actual.startswith("HTTP/"):
        return http_difference(expected, actual)
    pattern = parse(expected)
    if pattern is not None:
        try:
            return mismatch(pattern[0], json.loads(actual), "$")
        except ValueError:
            pass
    return None if lines_match(lines(expected), lines(actual)) else "the text differs"


def lines(text):
    return [line.rstrip() for line in text.rstrip().split("\n")] if text.rstrip() else []


def lines_match(expected, actual):
    if not expected:
        return not actual
    if expected[0] == "...":
        return any(lines_match(expected[1:], actual[skip:]) for skip in range(len(actual) + 1))
    return bool(actual) and text_matches(expected[0], actual[0]) and lines_match(expected[1:], actual[1:])


def http_difference(expected, actual):
    """The status, the headers that are written down, and the body. curl speaks HTTP/1.1 here, and HTTP/2 to AWS."""
    head, _, body = expected.partition("\n\n")
    actual_head, _, actual_body = actual.replace("\r\n", "\n").partition("\n\n")
    status, *wanted = head.split("\n")
    found_status, *found = actual_head.split("\n")
    if not text_matches(status.split()[1], found_status.split()[1]):
        return "the status differs"
    found = [name.lower() + ":" + value for name, _, value in (line.partition(":") for line in found)]
    missing = [line for line in wanted if not any(text_matches(line, other) for other in found)]
    if missing:
        return f"no header {missing[0]}"
    return difference(body, actual_body)


def text_matches(pattern, text):
    parts = HOLE.split(pattern)
    regex = "".join(HOLES.get(part) or re.escape(part) for part in parts)
    return re.fullmatch(regex, text, re.DOTALL) is not None


def parse(text):
    """The JSON with holes in a text, in a list; None when it is no JSON."""
    try:
        value, end = value_at(text, skip(text, 0))
        return [value] if skip(text, end) == len(text) else None
    except ValueError:
        return None


def skip(text, at):
    """Where the next token begins; commas count for nothing."""
    while at < len(text) and text[at] in " \n\t\r,":
        at += 1
    return at


def value_at(text, at):
    """The value that begins there, and where it ends."""
    if text.startswith("...", at):
        return ANY, at + 3
    if not text.startswith(("{", "["), at):
        return json.JSONDecoder().raw_decode(text, at)
    close, members, items = ("}", {}, None) if text[at] == "{" else ("]", None, [])
    at = skip(text, at + 1)
    while not text.startswith(close, at):
        part, at = value_at(text, at)
        if items is not None:
            items.append(part)
        elif part == ANY:
            members[ANY] = ANY
        else:
            at = skip(text, at)
            if not text.startswith(":", at):
                raise ValueError("a member without a value")
            members[part], at = value_at(text, skip(text, at + 1))
        at = skip(text, at)
    return (members if items is None else items), at + 1


def mismatch(pattern, value, path):
    """Where a value differs from a pattern; None when it does not."""
    if pattern == ANY:
        return None
    if isinstance(pattern, str) and isinstance(value, str):
        return None if text_matches(pattern, value) else f"{path} is {value!r}"
    if isinstance(pattern, list) and isinstance(value, list):
        items = [item for item in pattern if item != ANY]
        if len(value) < len(items) or (len(items) == len(pattern) and len(value) > len(items)):
            return f"{path} has {len(value)} elements"
        found = (mismatch(item, part, f"{path}[{at}]") for at, (item, part) in enumerate(zip(items, value)))
        return next(filter(None, found), None)
    if isinstance(pattern, dict) and isinstance(value, dict):
        surplus = [name for name in value if name not in pattern]
        if surplus and ANY not in pattern:
            return f"{path} has a member {surplus[0]}"
        for name, part in pattern.items():
            if name == ANY:
                continue
            why = mismatch(part, value[name], f"{path}.{name}") if name in value else f"{path} has no member {name}"
            if why:
                return why
        return None
    # Python takes 1, 1.0 and True for equal.
    same = type(pattern) is type(value) and pattern == value
    return None if same else f"{path} is {value!r}"
