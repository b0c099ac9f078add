//! Reads how many tests passed from what test runners print. Pure.
//!
//! Knows the closing lines of cargo test, cargo-nextest, pytest and Node's test runner.

use crate::outcome::Counts;

/// What one line of output adds to the counts.
pub(crate) fn of_line(line: &str) -> Counts {
    let line = line.trim();
    if let Some((_, totals)) = line
        .split_once("tests run: ")
        .or_else(|| line.split_once("test run: "))
    {
        return of_words(&without_parentheses(totals), ',');
    }
    if let Some((_, totals)) = line
        .strip_prefix("test result: ")
        .and_then(|rest| rest.split_once(". "))
    {
        return of_words(totals, ';');
    }
    if let Some(totals) = pytest_totals(line) {
        return of_words(totals, ',');
    }
    of_node_line(line)
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

/// "==== 3 passed, 1 skipped in 0.12s ====", or the same without its frame (`pytest -q`).
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

/// "ℹ pass 3" for people, "# pass 3" for machines.
fn of_node_line(line: &str) -> Counts {
    let mut counts = Counts::default();
    let Some(total) = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ ")) else {
        return counts;
    };
    let Some((word, number)) = total.split_once(' ') else {
        return counts;
    };
    let Ok(number) = number.parse::<u64>() else {
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
    fn nextest() {
        let line = "     Summary [   5.012s] 12 tests run: 8 passed (1 slow, 1 flaky), 2 failed, 1 timed out, 1 skipped";
        assert_eq!(of_line(line), counts(8, 3, 1));
        let one = "     Summary [   0.003s] 1 test run: 1 passed, 0 skipped";
        assert_eq!(of_line(one), counts(1, 0, 0));
    }

    #[test]
    fn cargo_test() {
        let line = "test result: FAILED. 4 passed; 1 failed; 2 ignored; 0 measured; 3 filtered out; finished in 0.01s";
        assert_eq!(of_line(line), counts(4, 1, 2));
    }

    #[test]
    fn pytest() {
        let framed = "========= 1 failed, 11 passed, 2 skipped, 1 warning in 3.20s =========";
        assert_eq!(of_line(framed), counts(11, 1, 2));
        assert_eq!(of_line("3 passed in 61.05s (0:01:01)"), counts(3, 0, 0));
    }

    #[test]
    fn node() {
        assert_eq!(of_line("# pass 3"), counts(3, 0, 0));
        assert_eq!(of_line("ℹ fail 2"), counts(0, 2, 0));
        assert_eq!(of_line("# tests 5"), counts(0, 0, 0));
    }

    #[test]
    fn other_lines_count_for_nothing() {
        for line in [
            "",
            "test a::b ... ok",
            "5 files in 3 folders",
            "2 passed the door",
            "# heading",
        ] {
            assert_eq!(of_line(line), Counts::default(), "{line}");
        }
    }
}
