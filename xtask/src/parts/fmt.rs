//! The code is formatted.

use super::{Bench, Database, Part};
use crate::outcome::Outcome;
use crate::run;

pub(super) const PART: Part = Part {
    name: "fmt",
    about: "the code is formatted",
    needs: &[],
    database: Database::Unused,
    run,
};

fn run(bench: &Bench<'_>) -> Outcome {
    run::check(
        bench.interrupt,
        bench.workspace.cargo().args(["fmt", "--all", "--check"]),
    )
}
