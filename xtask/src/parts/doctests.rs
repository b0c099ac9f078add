//! The examples in the documentation compile and hold. nextest does not run them.

use super::{Bench, Database, Part};
use crate::outcome::Outcome;
use crate::{run, tally};

pub(super) const PART: Part = Part {
    name: "doctests",
    about: "examples in the documentation",
    needs: &[],
    database: Database::Wanted,
    run,
};

fn run(bench: &Bench<'_>) -> Outcome {
    let mut examples = bench.testing_cargo();
    examples.args(["test", "--workspace", "--doc", "--no-fail-fast"]);
    run::counted_if_any(bench.interrupt, examples, tally::cargo_test)
}
