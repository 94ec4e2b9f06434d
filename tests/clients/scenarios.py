"""Reads scenarios as `src/lesson` does; tests/lesson/grammar.json holds both to one grammar, and says what it is.

Raises a Fault, which knows its line, where a text breaks it.
"""

import re

REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d{1,2}")
ACCOUNT = re.compile(r"\d{12}")


class Fault(ValueError):
    """A text is no scenario."""

    def __init__(self, line, what):
        super().__init__(f"line {line}: {what}")
        self.line = line


def lines_of(text):
    """The lines of a text, whichever way they end; `str.splitlines` knows more ends than a scenario has."""
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")] if text else []


def read(text):
    """The workspaces of a scenario with what is typed there, and its sections."""
    lines, at = lines_of(text), 0
    sittings, sections = [], [section(1, "")]
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.startswith("<!-- workspace:") and line.endswith("-->"):
            words = line[len("<!-- workspace:") : -len("-->")].split()
            sittings.append(sitting(at, sections[-1]["title"], words))
        elif line.startswith("## "):
            sections.append(section(at, line[3:].strip()))
        elif line.startswith("Source:"):
            end = next((end for end in range(at, len(lines)) if not lines[end].strip()), len(lines))
            sections[-1]["source"] = " ".join(" ".join(lines[at - 1 : end]).split()[1:])
            at = end
        elif line in ("```console", "```http"):
            end = lines.index("```", at) if "```" in lines[at:] else len(lines)
            for prompt in prompts(lines, at, end, line == "```http"):
                if not sittings:
                    raise Fault(prompt["line"], "no workspace is set before")
                sittings[-1]["prompts"].append(prompt)
                sections[-1]["hasPrompts"] = True
            at = end + 1
    return {"sittings": sittings, "sections": sections}


def section(line, title):
    return {"line": line, "title": title, "source": None, "hasPrompts": False}


def sitting(line, title, words):
    """What a workspace's comment says: `sample` or `empty`, then `region=…` and `account=…`."""
    found = {"region": "us-east-1", "account": "123456789012"}
    for name, is_given, value in (word.partition("=") for word in words[1:]):
        form = {"region": REGION, "account": ACCOUNT}.get(name)
        if not (is_given and form and form.fullmatch(value)):
            raise Fault(line, f"{name} is neither region=… nor account=…")
        found[name] = value
    if words[:1] not in (["sample"], ["empty"]):
        raise Fault(line, "a workspace is sample or empty")
    return {"line": line, "title": title, "sample": words[0] == "sample", **found, "prompts": []}


def prompts(lines, at, end, http):
    """The commands of a block with their answers."""
    while at < end:
        line, first = at + 1, lines[at]
        if not first.startswith("$ "):
            raise Fault(line, "a block begins with a command")
        typed = [first[2:]]
        at += 1
        while at < end:
            goes_on = typed[-1].endswith("\\") and not lines[at].startswith("$ ")
            if not goes_on and not lines[at].startswith("> "):
                break
            typed.append(lines[at].removeprefix("> "))
            at += 1
        answer = []
        while at < end and not lines[at].startswith("$ "):
            answer.append(lines[at])
            at += 1
        while answer and not answer[-1]:
            answer.pop()
        yield {"line": line, "input": "\n".join(typed), "http": http, "answer": "\n".join(answer)}
