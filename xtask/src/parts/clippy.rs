//! No lint warns, in tests neither.

use super::{Bench, Database, Part};
use crate::outcome::Outcome;
use crate::run;

pub(super) const PART: Part = Part {
    name: "clippy",
    about: "no lint warns",
    needs: &[],
    database: Database::Unused,
    run,
};

fn run(bench: &Bench<'_>) -> Outcome {
    let mut clippy = bench.workspace.cargo();
    clippy.args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]);
    run::check(bench.interrupt, &mut clippy)
}
