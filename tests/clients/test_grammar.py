"""The readers of scenarios and of expected answers do what tests/lesson/grammar.json says, as those of src/lesson do."""

import json
import unittest
from pathlib import Path

from expected import difference
from scenarios import Fault, read

GRAMMAR = json.loads((Path(__file__).parent.parent / "lesson" / "grammar.json").read_text("utf-8"))


class Grammar(unittest.TestCase):
    def test_scenarios_are_read_as_it_says(self):
        self.assertTrue(GRAMMAR["scenarios"])
        for case in GRAMMAR["scenarios"]:
            with self.subTest(case["about"]):
                try:
                    found = read("\n".join(case["text"]))
                except Fault as fault:
                    found = {"fault": fault.line}
                self.assertEqual(found, {name: case[name] for name in case if name not in ("about", "text")})

    def test_answers_are_compared_as_it_says(self):
        self.assertTrue(GRAMMAR["answers"])
        for expected, actual, fits in GRAMMAR["answers"]:
            with self.subTest(f"{expected} against {actual}"):
                self.assertEqual(difference(expected, actual) is None, fits)
