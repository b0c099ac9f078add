//! The documentation builds, and its links lead somewhere.
//!
//! With the examples come the dependencies of tests, so that features are those of every other part
//! and no dependency is read a second time.

use super::{Bench, Database, Part};
use crate::outcome::Outcome;
use crate::run;

pub(super) const PART: Part = Part {
    name: "doc",
    about: "the documentation builds without warnings",
    needs: &[],
    database: Database::Unused,
    run,
};

fn run(bench: &Bench<'_>) -> Outcome {
    let mut doc = bench.workspace.cargo();
    doc.args(["doc", "--workspace", "--no-deps"])
        .args(["--lib", "--bins", "--examples"])
        .env("RUSTDOCFLAGS", "-D warnings");
    run::check(bench.interrupt, &mut doc)
}
