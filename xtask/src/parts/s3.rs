//! Uploads in a bucket of an S3-compatible service.
//!
//! `tests/s3` has the service, a Python program; each test starts one of its own.

use super::{Bench, Database, Part, pytest};
use crate::outcome::Outcome;
use crate::provision::Need;
use crate::{run, tally};

pub(super) const PART: Part = Part {
    name: "s3",
    about: "uploads in a bucket of a service that speaks S3",
    needs: &[Need::Python],
    database: Database::Wanted,
    run,
};

fn run(bench: &Bench<'_>) -> Outcome {
    let folder = bench.workspace.root().join("tests/s3");
    let environment = bench.workspace.workshop().join("s3");
    let python = match pytest::prepare(bench, &folder, &environment) {
        Ok(python) => python,
        Err(reason) => return Outcome::failed(reason),
    };
    let mut tests = bench.testing_cargo();
    tests.env("FRONTDESK_S3_PYTHON", python);
    tests.args(["test", "--workspace", "--test", "s3"]);
    run::counted(bench.interrupt, tests, tally::cargo_test)
}
