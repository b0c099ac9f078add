//! Clients that others made talk to our server.
//!
//! `tests/interop/js` is a Node package: its lock file is installed beside it and `npm test` runs
//! it. `tests/interop/python` has a `requirements.txt`, installed into an environment under
//! `target/xtask`, and is run by pytest. Both find the server program in FRONTDESK_SERVER_BIN and
//! start it themselves.

use std::path::Path;
use std::process::Command;

use super::{Bench, Database, Part, build, pytest};
use crate::outcome::{Counts, Outcome};
use crate::provision::Need;
use crate::{run, tally};

pub(super) const PART: Part = Part {
    name: "interop",
    about: "clients that others made, against the real server",
    needs: &[Need::Node, Need::Npm, Need::Python],
    database: Database::Wanted,
    run,
};

fn run(bench: &Bench<'_>) -> Outcome {
    let folder = bench.workspace.root().join("tests/interop");
    if !folder.exists() {
        return Outcome::Empty("no folder tests/interop".to_owned());
    }
    if let Err(reason) = build::everything(bench) {
        return Outcome::failed(reason);
    }
    let mut outcomes = Vec::new();
    if folder.join("js/package.json").exists() {
        outcomes.push(in_node(bench, &folder.join("js")));
    }
    if folder.join("python/requirements.txt").exists() {
        outcomes.push(pytest::run_folder(bench, &folder.join("python"), "python"));
    }
    together(outcomes)
}

fn in_node(bench: &Bench<'_>, package: &Path) -> Outcome {
    let mut install = Command::new("npm");
    install
        .current_dir(package)
        .args(["ci", "--no-audit", "--no-fund"]);
    if let Err(reason) = run::succeed(bench.interrupt, &mut install) {
        return Outcome::failed(reason);
    }
    let mut tests = bench.for_tests(Command::new("npm"));
    tests.current_dir(package).args(["test", "--silent"]);
    run::counted(bench.interrupt, tests, tally::node)
}

/// One outcome for the part: the counts of all, the reasons of those that failed.
fn together(outcomes: Vec<Outcome>) -> Outcome {
    if outcomes.is_empty() {
        return Outcome::failed(
            "tests/interop has neither js/package.json nor python/requirements.txt",
        );
    }
    let mut total = Counts::default();
    let mut reasons = Vec::new();
    for outcome in outcomes {
        total += outcome.counts();
        if let Outcome::Failed { reason, .. } = outcome {
            reasons.push(reason);
        }
    }
    if reasons.is_empty() {
        return Outcome::Passed(total);
    }
    Outcome::Failed {
        reason: reasons.join("; "),
        counts: total,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failure_fails_the_part_and_keeps_every_count() {
        let passed = Outcome::Passed(Counts {
            passed: 4,
            failed: 0,
            skipped: 1,
        });
        let together = together(vec![
            passed,
            Outcome::failed("npm ended with exit status: 1"),
        ]);
        assert_eq!(
            together,
            Outcome::Failed {
                reason: "npm ended with exit status: 1".to_owned(),
                counts: Counts {
                    passed: 4,
                    failed: 1,
                    skipped: 1
                },
            }
        );
    }

    #[test]
    fn nothing_to_run_is_not_a_pass() {
        assert!(matches!(together(Vec::new()), Outcome::Failed { .. }));
    }
}
