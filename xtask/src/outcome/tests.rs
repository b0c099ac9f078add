//! What the summary says and decides.

use super::*;

fn summary(strictness: Strictness, outcomes: Vec<Outcome>) -> Summary {
    let mut summary = Summary::new(strictness);
    for outcome in outcomes {
        summary.add(Row {
            part: "part",
            outcome,
            took: Duration::from_millis(1500),
        });
    }
    summary
}

fn last_line(summary: &Summary) -> String {
    summary.lines().pop().unwrap()
}

#[test]
fn totals_add_tests_and_single_checks() {
    let tests = Counts {
        passed: 40,
        failed: 0,
        skipped: 2,
    };
    let summary = summary(
        Strictness::SkippingAllowed,
        vec![
            Outcome::passed(),
            Outcome::Passed(tests),
            Outcome::Empty("nothing there".into()),
        ],
    );
    assert_eq!(last_line(&summary), "41 passed, 0 failed, 2 skipped");
    assert!(summary.is_good());
}

#[test]
fn a_skipped_part_is_never_passed_and_fails_only_where_nothing_may_be_skipped() {
    let skipped = || vec![Outcome::passed(), Outcome::Skipped("no node".into())];
    let local = summary(Strictness::SkippingAllowed, skipped());
    assert_eq!(last_line(&local), "1 passed, 0 failed, 1 skipped");
    assert!(local.is_good());
    assert!(!summary(Strictness::NothingSkipped, skipped()).is_good());
}

#[test]
fn a_single_skipped_test_fails_where_nothing_may_be_skipped() {
    let tests = Counts {
        passed: 40,
        failed: 0,
        skipped: 1,
    };
    let strict = summary(Strictness::NothingSkipped, vec![Outcome::Passed(tests)]);
    assert!(!strict.is_good());
}

#[test]
fn a_failure_without_a_failed_test_counts_itself() {
    let counts = Counts {
        passed: 3,
        failed: 0,
        skipped: 0,
    };
    let outcome = Outcome::Failed {
        reason: "it hung".into(),
        counts,
    };
    let summary = summary(Strictness::SkippingAllowed, vec![outcome]);
    assert_eq!(last_line(&summary), "3 passed, 1 failed, 0 skipped");
    assert!(!summary.is_good());
}

#[test]
fn failed_tests_are_not_counted_twice() {
    let counts = Counts {
        passed: 3,
        failed: 2,
        skipped: 0,
    };
    let outcome = Outcome::Failed {
        reason: "exit status: 100".into(),
        counts,
    };
    let summary = summary(Strictness::SkippingAllowed, vec![outcome]);
    assert_eq!(last_line(&summary), "3 passed, 2 failed, 0 skipped");
}

#[test]
fn a_row_tells_name_result_time_and_reason() {
    let row = Row {
        part: "interop",
        outcome: Outcome::Skipped("npm is missing".into()),
        took: Duration::from_millis(1500),
    };
    assert_eq!(
        row_line(&row),
        "interop      skipped      1.5 s  npm is missing"
    );
}
