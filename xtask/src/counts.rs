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

    /// From Rust's test runners, natively and in the browser: one line per test binary,
    /// `test result: ok. 3 passed; 0 failed; …`.
    pub(crate) fn of_rust(text: &str) -> Self {
        let results = text.lines().filter_map(|line| line.trim_start().strip_prefix("test result: "));
        results.fold(Self::default(), |sum, line| {
            sum.plus(Self { passed: number_before(line, "passed"), failed: number_before(line, "failed") })
        })
    }

    /// From Node's runner in its TAP form: closing comments, `# pass 3`. A test that was cancelled has failed.
    pub(crate) fn of_node(tap: &str) -> Self {
        let closing = |name: &str| -> u64 {
            let mut lines =
                tap.lines().filter_map(|line| line.strip_prefix("# ")?.strip_prefix(name)?.trim().parse::<u64>().ok());
            lines.next_back().unwrap_or(0)
        };
        Self { passed: closing("pass "), failed: closing("fail ") + closing("cancelled ") }
    }

    /// The counts of a runner that also has an exit code. One that ran nothing, or that failed without naming a failed
    /// test (it did not compile, it crashed), counts as one failure.
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
    fn a_runner_that_ran_nothing_or_crashed_has_failed() {
        assert_eq!(counts(0, 0).judged(true), counts(0, 1));
        assert_eq!(counts(3, 0).judged(false), counts(3, 1));
        assert_eq!(counts(3, 2).judged(false), counts(3, 2));
        assert_eq!(counts(3, 0).judged(true), counts(3, 0));
    }
}
