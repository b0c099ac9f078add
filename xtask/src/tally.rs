//! Reads how many tests passed from what test runners print, one runner at a time: a failing test may
//! print what looks like the totals of another. Pure.

use crate::outcome::Counts;

/// What one line of a runner's output adds to the counts.
pub(crate) type Tally = fn(&str) -> Counts;

/// "Summary [ 0.1s] 12 tests run: 8 passed (1 slow), 2 failed, 1 timed out, 1 skipped"
pub(crate) fn nextest(line: &str) -> Counts {
    let totals = line
        .trim()
        .strip_prefix("Summary [")
        .and_then(|rest| rest.split_once(" run: "));
    totals.map_or_else(Counts::default, |(_, totals)| {
        of_words(&without_parentheses(totals), ',')
    })
}

/// "test result: ok. 4 passed; 0 failed; 2 ignored; 0 measured; 3 filtered out; finished in 0.01s"
pub(crate) fn cargo_test(line: &str) -> Counts {
    let totals = line
        .strip_prefix("test result: ")
        .and_then(|rest| rest.split_once(". "));
    totals.map_or_else(Counts::default, |(_, totals)| of_words(totals, ';'))
}

/// "==== 3 passed, 1 skipped in 0.12s ====", or the same without its frame (`pytest -q`).
pub(crate) fn pytest(line: &str) -> Counts {
    pytest_totals(line).map_or_else(Counts::default, |totals| of_words(totals, ','))
}

/// "ℹ pass 3" for people, "# pass 3" for machines.
pub(crate) fn node(line: &str) -> Counts {
    let mut counts = Counts::default();
    let Some(total) = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ ")) else {
        return counts;
    };
    let Some((word, number)) = total.split_once(' ') else {
        return counts;
    };
    let Ok(number) = number.trim().parse::<u64>() else {
        return counts;
    };
    match word {
        "pass" => counts.passed = number,
        "fail" | "cancelled" => counts.failed = number,
        "skipped" | "todo" => counts.skipped = number,
        _ => {}
    }
    counts
}

/// Adds up "3 passed, 1 failed"; words that say nothing about success count for nothing.
fn of_words(totals: &str, separator: char) -> Counts {
    let mut counts = Counts::default();
    for total in totals.split(separator) {
        let Some((number, word)) = total.trim().split_once(' ') else {
            continue;
        };
        let Ok(number) = number.parse::<u64>() else {
            continue;
        };
        match word.trim() {
            "passed" | "xpassed" => counts.passed += number,
            "failed" | "timed out" | "exec failed" | "error" | "errors" => counts.failed += number,
            "skipped" | "ignored" | "xfailed" => counts.skipped += number,
            _ => {}
        }
    }
    counts
}

/// nextest explains its numbers in parentheses: "8 passed (1 slow, 1 flaky)".
fn without_parentheses(text: &str) -> String {
    let mut depth = 0_usize;
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(letter),
            _ => {}
        }
    }
    plain
}

fn pytest_totals(line: &str) -> Option<&str> {
    let (totals, time) = line.trim_matches(['=', ' ']).rsplit_once(" in ")?;
    let starts_with_number = totals.starts_with(|letter: char| letter.is_ascii_digit());
    let ends_with_time = time
        .split(' ')
        .next()?
        .strip_suffix('s')?
        .parse::<f64>()
        .is_ok();
    (starts_with_number && ends_with_time).then_some(totals)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: u64, failed: u64, skipped: u64) -> Counts {
        Counts {
            passed,
            failed,
            skipped,
        }
    }

    #[test]
    fn totals_of_nextest() {
        let line = "     Summary [   5.012s] 12 tests run: 8 passed (1 slow, 1 flaky), 2 failed, 1 timed out, 1 skipped";
        assert_eq!(nextest(line), counts(8, 3, 1));
        let one = "     Summary [   0.003s] 1 test run: 1 passed, 0 skipped";
        assert_eq!(nextest(one), counts(1, 0, 0));
    }

    #[test]
    fn totals_of_cargo_test() {
        let line = "test result: FAILED. 4 passed; 1 failed; 2 ignored; 0 measured; 3 filtered out; finished in 0.01s";
        assert_eq!(cargo_test(line), counts(4, 1, 2));
    }

    #[test]
    fn totals_of_pytest() {
        let framed = "========= 1 failed, 11 passed, 2 skipped, 1 warning in 3.20s =========";
        assert_eq!(pytest(framed), counts(11, 1, 2));
        assert_eq!(pytest("3 passed in 61.05s (0:01:01)"), counts(3, 0, 0));
    }

    #[test]
    fn totals_of_node() {
        assert_eq!(node("# pass 3"), counts(3, 0, 0));
        assert_eq!(node("ℹ fail 2"), counts(0, 2, 0));
        assert_eq!(node("# tests 5"), counts(0, 0, 0));
    }

    #[test]
    fn other_lines_count_for_nothing() {
        let lines = [
            "",
            "test a::b ... ok",
            "5 files in 3 folders",
            "2 passed the door",
            "# heading",
        ];
        for line in lines {
            for tally in [nextest, cargo_test, pytest, node] {
                assert_eq!(tally(line), Counts::default(), "{line}");
            }
        }
    }

    #[test]
    fn a_failing_test_shown_by_nextest_is_not_counted_again() {
        let shown =
            "    test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 3 filtered out";
        assert_eq!(nextest(shown), Counts::default());
    }
}
