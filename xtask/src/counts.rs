//! Counting tests from what their runners say at the end. Must never count what was not said.

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Counts {
    /// One failure: something that is no test did not work.
    pub(crate) const FAILURE: Self = Self { passed: 0, failed: 1 };

    /// Reads the counts of Rust's test runners, natively and in the browser: one line per test binary, `test result:
    /// ok. 3 passed; 0 failed; …`.
    pub(crate) fn of_rust(text: &str) -> Self {
        let results = text.lines().filter_map(|line| line.trim_start().strip_prefix("test result: "));
        results.fold(Self::default(), |sum, line| {
            sum.plus(Self { passed: number_before(line, "passed"), failed: number_before(line, "failed") })
        })
    }

    /// Reads the counts of Node's runner in its TAP form: closing comments, `# pass 3`. A test that was cancelled has failed.
    pub(crate) fn of_node(tap: &str) -> Self {
        let closing = |name: &str| -> u64 {
            let mut lines =
                tap.lines().filter_map(|line| line.strip_prefix("# ")?.strip_prefix(name)?.trim().parse::<u64>().ok());
            lines.next_back().unwrap_or(0)
        };
        Self { passed: closing("pass "), failed: closing("fail ") + closing("cancelled ") }
    }

    /// Reads the counts of Python's unittest: `Ran 5 tests in 0.1s`, then `OK` or `FAILED (failures=1, errors=2)`. What
    /// was skipped or succeeded against its own expectation has not passed.
    pub(crate) fn of_python(text: &str) -> Self {
        let mut lines = text.lines().rev();
        let verdict = lines.find(|line| line.starts_with("OK") || line.starts_with("FAILED")).unwrap_or_default();
        let ran = lines.find_map(|line| line.strip_prefix("Ran ")?.split(' ').next()?.parse::<u64>().ok()).unwrap_or(0);
        let list = verdict.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(list, _)| list);
        let failed = list.split(", ").filter_map(|part| part.split_once('=')?.1.parse::<u64>().ok()).sum();
        Self { passed: ran.saturating_sub(failed), failed }
    }

    /// Returns the counts of a runner that also has an exit code. One that ran nothing, or that failed without naming
    /// a failed test (it did not compile, it crashed), counts as one failure.
    pub(crate) fn judged(self, success: bool) -> Self {
        if self.failed == 0 && (!success || self.passed == 0) { self.plus(Self::FAILURE) } else { self }
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

fn number_before(line: &str, word: &str) -> u64 {
    let parts = line.split([';', '.']).map(str::trim);
    parts.filter_map(|part| part.strip_suffix(word)?.trim().parse::<u64>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::Counts;

    fn counts(passed: u64, failed: u64) -> Counts {
        Counts { passed, failed }
    }

    #[test]
    fn the_results_of_all_rust_test_binaries_are_summed() {
        let text = "running 3 tests\ntest a ... ok\n\
            test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 9 filtered out; finished in 1.50s\n";
        assert_eq!(Counts::of_rust(text), counts(7, 2));
        assert_eq!(Counts::of_rust("error: could not compile"), counts(0, 0));
    }

    #[test]
    fn the_closing_comments_of_node_are_read_and_cancelled_tests_have_failed() {
        let tap = "TAP version 13\n# pass 99 is what a test printed\nok 1 - a\n# tests 6\n# pass 3\n# fail 2\n# cancelled 1\n# skipped 0\n";
        assert_eq!(Counts::of_node(tap), counts(3, 3));
    }

    #[test]
    fn the_closing_lines_of_unittest_are_read_and_skipped_tests_have_failed() {
        let text =
            |verdict: &str| format!("OK is printed by a test\nRan 9 miles\n----\nRan 5 tests in 0.010s\n\n{verdict}\n");
        assert_eq!(Counts::of_python(&text("OK")), counts(5, 0));
        assert_eq!(Counts::of_python(&text("FAILED (failures=1, errors=2)")), counts(2, 3));
        assert_eq!(Counts::of_python(&text("OK (skipped=1)")), counts(4, 1));
        assert_eq!(Counts::of_python("Traceback (most recent call last):"), counts(0, 0));
    }

    #[test]
    fn a_runner_that_ran_nothing_or_crashed_has_failed() {
        assert_eq!(counts(0, 0).judged(true), counts(0, 1));
        assert_eq!(counts(3, 0).judged(false), counts(3, 1));
        assert_eq!(counts(3, 2).judged(false), counts(3, 2));
        assert_eq!(counts(3, 0).judged(true), counts(3, 0));
    }
}
