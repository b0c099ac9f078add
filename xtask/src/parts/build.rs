//! Everything that tests run is built: the programs, then the tests themselves.
//!
//! The debug profile, because it checks what the release profile does not (overflow, debug
//! assertions) and builds in a fraction of the time on two cores. The few dependencies that would
//! make it slow (SQLite, argon2, hashing) are optimised in Cargo.toml. One command builds all, so
//! that features are resolved once; the parts that follow name the whole workspace too, and compile no
//! dependency again.

use super::{Bench, Database, Part};
use crate::outcome::Outcome;
use crate::run;

pub(super) const PART: Part = Part {
    name: "build",
    about: "programs and tests compile (debug profile)",
    needs: &[],
    database: Database::Unused,
    run,
};

fn run(bench: &Bench<'_>) -> Outcome {
    match everything(bench) {
        Ok(()) => Outcome::passed(),
        Err(reason) => Outcome::failed(reason),
    }
}

/// Builds it all; parts that start the programs begin with this, so that `--only` tests what is in
/// the tree and not what was built last.
pub(super) fn everything(bench: &Bench<'_>) -> Result<(), String> {
    let mut build = bench.workspace.cargo();
    build.args(["build", "--workspace", "--bins", "--tests"]);
    run::succeed(bench.interrupt, &mut build)
}
