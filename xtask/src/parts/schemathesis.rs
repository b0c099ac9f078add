//! The server does what its API description says, whatever it is asked.
//!
//! `tests/schemathesis` starts the server program with the example desk and lets schemathesis make
//! up requests from the description it serves.

use super::{Bench, Database, Part, build, pytest};
use crate::outcome::Outcome;
use crate::provision::Need;

pub(super) const PART: Part = Part {
    name: "schemathesis",
    about: "the server answers as its API description says",
    needs: &[Need::Python],
    database: Database::Wanted,
    run,
};

fn run(bench: &Bench<'_>) -> Outcome {
    match build::everything(bench) {
        Err(reason) => Outcome::failed(reason),
        Ok(()) => {
            let tests = bench.workspace.root().join("tests/schemathesis");
            pytest::run_folder(bench, &tests, "schemathesis")
        }
    }
}
