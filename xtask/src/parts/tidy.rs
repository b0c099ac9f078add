//! The rules of the tree itself.

use super::{Bench, Database, Part};
use crate::outcome::Outcome;
use crate::{report, tidy};

pub(super) const PART: Part = Part {
    name: "tidy",
    about: "sizes, leftovers, borders between crates, forgotten files",
    needs: &[],
    database: Database::Unused,
    run,
};

fn run(bench: &Bench<'_>) -> Outcome {
    match tidy::findings(bench.workspace) {
        Err(reason) => Outcome::failed(reason),
        Ok(findings) if findings.is_empty() => Outcome::passed(),
        Ok(findings) => {
            for finding in &findings {
                report::line(&finding.to_string());
            }
            Outcome::failed(tidy::verdict(&findings))
        }
    }
}
