//! Mail by real servers: Dovecot, Postfix, and the clients that people use.

use super::{Bench, Database, Part};
use crate::outcome::Outcome;
use crate::provision::Need;
use crate::{run, tally};

pub(super) const PART: Part = Part {
    name: "mail",
    about: "mail by Dovecot and Postfix, against the real server",
    needs: &[Need::Mail, Need::Root],
    database: Database::Unused,
    run,
};

fn run(bench: &Bench<'_>) -> Outcome {
    let mut tests = bench.testing_cargo();
    tests.args(["test", "--workspace", "--test", "mail"]);
    // Each test has mail servers of its own.
    tests.args(["--", "--test-threads=2"]);
    run::counted(bench.interrupt, tests, tally::cargo_test)
}
