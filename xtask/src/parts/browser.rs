//! The chat in a real browser.
//!
//! `tests/browser/js` names what the tests load into pages of other people: the widget that Papercups
//! made, and axe, which looks for what keeps people out.

use super::{Bench, Database, Part};
use crate::outcome::Outcome;
use crate::provision::Need;
use crate::{run, tally};
use std::process::Command;

pub(super) const PART: Part = Part {
    name: "browser",
    about: "the chat in Chromium, against the real server",
    needs: &[Need::Node, Need::Npm, Need::Chromium],
    database: Database::Unused,
    run,
};

fn run(bench: &Bench<'_>) -> Outcome {
    let folder = bench.workspace.root().join("tests/browser/js");
    for args in [
        &["ci", "--no-audit", "--no-fund"][..],
        &["run", "build", "--silent"],
    ] {
        let mut npm = Command::new("npm");
        npm.current_dir(&folder).args(args);
        if let Err(reason) = run::succeed(bench.interrupt, &mut npm) {
            return Outcome::failed(reason);
        }
    }
    let mut tests = bench.testing_cargo();
    tests.args(["test", "--workspace", "--test", "browser"]);
    // Each test has a browser of its own, and a browser wants a core.
    tests.args(["--", "--test-threads=2"]);
    run::counted(bench.interrupt, tests, tally::cargo_test)
}
