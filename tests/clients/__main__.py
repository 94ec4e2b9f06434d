"""Runs all tests in this folder against the endpoint that STAGECRAFT_ENDPOINT names; `cargo xtask test clients` does it.

A part of the names may be given: `python tests/clients story`.
"""

import sys
import unittest
from pathlib import Path

import support


def main():
    support.isolate()
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*{part}*" for part in sys.argv[1:]] or None
    folder = str(Path(__file__).parent)
    suite = loader.discover(folder, top_level_dir=folder)
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
    sys.exit(not result.wasSuccessful())


main()
