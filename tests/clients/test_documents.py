"""The facts of tests/aws and the stories of tests/scenarios, line by line, in bash with the real AWS CLI and the real curl.

The engine's own tests run the same files with the page's command line. What the real programs do differently is in ELSEWHERE.
"""

import os
import re
import shutil
import unittest
from pathlib import Path

from expected import difference
from scenarios import read
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

    def goes_as_written(self, path, sitting):
        http("POST", "/_stagecraft/reset", {"sample": sitting["sample"]})
        shell = Shell(self.cli, sitting["region"])
        self.addCleanup(shell.close)
        for prompt in sitting["prompts"]:
            number, line, expected = prompt["line"], prompt["input"], prompt["answer"]
            if any(part in line or expected.startswith(part) for part in ELSEWHERE):
                continue
            if expected.startswith("{") and any(part in line for part in DATED):
                expected = ""
            with self.subTest(f"{path.name}:{number}"):
                actual, code = sent(shell.expand(line)) if prompt["http"] else shell.run(line)
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


def add(path, number, sitting):
    name = re.sub(r"\W+", "_", f"{path.stem} {number} {sitting['title'] or path.stem}").strip("_").lower()
    setattr(Documents, f"test_{name}", lambda self: self.goes_as_written(path, sitting))


for file in sorted([*TESTS.glob("aws/*.md"), *TESTS.glob("scenarios/*.md")]):
    for number, sitting in enumerate(read(file.read_text("utf-8"))["sittings"], 1):
        # The endpoint's account is always the same.
        if sitting["prompts"] and sitting["account"] == "123456789012":
            add(file, number, sitting)
