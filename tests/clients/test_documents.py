"""The facts of tests/aws and the stories of tests/scenarios, line by line, in bash with the real AWS CLI and the real curl.

The engine's own tests run the same files with the page's command line. What the real programs do differently is in ELSEWHERE.
"""

import os
import re
import shutil
import unittest
from pathlib import Path

from expected import difference
from shell import AwsCli, Shell
from support import http

TESTS = Path(__file__).parent.parent

# Lines that are not run here, by what they contain or what their answer begins with; and why.
ELSEWHERE = {
    "curl: (": "a proxy stands between curl and the host",
    '{"application/json": null}': "the AWS CLI sends no null",
    "createdDate == lastUpdatedDate": "less than a second goes by",
    " --output yaml": "version 1 of the AWS CLI does not know it",
}

# Lines whose answer is not looked at: the days in it are those of the engine's own tests.
DATED = (" get-usage ", " update-usage ")

# What the AWS CLI adds when it would have tried again, were it not told to try once.
RETRIES = re.compile(r" \(reached max retries: \d+\)")


def blocks(path):
    """The workspaces of a file: what begins each, its title, and its commands with line number and answer, and whether they are HTTP."""
    found, title, answer = [], path.stem, None
    in_block = is_http = False
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.startswith("<!-- workspace:"):
            found.append((line[len("<!-- workspace:") : -len("-->")].strip(), title, []))
        elif line.startswith("## "):
            title = line[3:]
        elif line in ("```console", "```http", "```"):
            in_block, is_http = line != "```", line == "```http"
        elif not in_block:
            continue
        elif line.startswith("$ "):
            answer = []
            found[-1][2].append([number, line[2:], answer, is_http])
        elif not answer and (line.startswith("> ") or found[-1][2][-1][1].endswith("\\")):
            found[-1][2][-1][1] += "\n" + line.removeprefix("> ")
        else:
            answer.append(line)
    return found


class Documents(unittest.TestCase):
    """One test for each workspace of each file; they are made below."""

    @classmethod
    def setUpClass(cls):
        cls.cli = AwsCli()
        # Version 2 of the AWS CLI, whose answers the files hold, writes dates so by itself.
        config = cls.cli.folder / "config"
        config.write_text("[default]\ncli_timestamp_format = iso8601\n")
        cls.config_before = os.environ["AWS_CONFIG_FILE"]
        os.environ["AWS_CONFIG_FILE"] = str(config)

    @classmethod
    def tearDownClass(cls):
        cls.cli.shutdown()
        cls.cli.server_close()
        shutil.rmtree(cls.cli.folder)
        os.environ["AWS_CONFIG_FILE"] = cls.config_before

    def goes_as_written(self, path, directive, commands):
        kind, *place = directive.split()
        region = dict(part.split("=") for part in place).get("region", "us-east-1")
        http("POST", "/_stagecraft/reset", {"sample": kind == "sample"})
        shell = Shell(self.cli, region)
        self.addCleanup(shell.close)
        for number, line, answer, is_http in commands:
            expected = "\n".join(answer).strip()
            if any(part in line or expected.startswith(part) for part in ELSEWHERE):
                continue
            if expected.startswith("{") and any(part in line for part in DATED):
                expected = ""
            with self.subTest(f"{path.name}:{number}"):
                actual, code = sent(shell.expand(line)) if is_http else shell.run(line)
                actual = RETRIES.sub("", actual.strip())
                why = difference(shell.expand(expected), actual) if expected else None
                if not expected and code:
                    why = f"it fails with {code}"
                if why:
                    self.fail(f"{why}\n$ {line}\n--- expected\n{expected}\n--- actual\n{actual}")


def sent(request):
    """The answer to `POST /restapis {"name": "a"}` as curl shows it; whether it is an error."""
    verb, path, *body = request.split(" ", 2)
    answer = http(verb, path, body[0] if body else None)
    head = "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
    return f"HTTP/1.1 {answer.status}\n{head}\n{answer.text}", answer.status >= 400


def add(path, place, block):
    directive, title, commands = block
    name = re.sub(r"\W+", "_", f"{path.stem} {place} {title}").strip("_").lower()
    setattr(Documents, f"test_{name}", lambda self: self.goes_as_written(path, directive, commands))


for file in sorted([*TESTS.glob("aws/*.md"), *TESTS.glob("scenarios/*.md")]):
    for place, block in enumerate(blocks(file), 1):
        # The endpoint's account is always the same.
        if block[2] and "account=" not in block[0]:
            add(file, place, block)
