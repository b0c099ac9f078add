//! Finds what the parts need on this machine, and installs it from Debian's packages where it may.

mod debian;
mod need;

use crate::interrupt::Interrupt;
use crate::outcome::Outcome;

pub(crate) use need::{Need, postgres_programs, python};

/// Makes sure that every need is met, as far as this user can.
pub(crate) fn provide(interrupt: &Interrupt, needs: &[Need]) -> Outcome {
    let missing = missing_of(needs);
    if missing.is_empty() {
        return Outcome::passed();
    }
    let packages = debian::packages_for(&missing);
    if let Err(reason) = debian::install(interrupt, &packages) {
        return Outcome::Skipped(format!("{} missing; {reason}", names(&missing)));
    }
    match missing_of(needs) {
        still if still.is_empty() => Outcome::passed(),
        still => Outcome::failed(format!(
            "{} did not bring {}",
            packages.join(", "),
            names(&still)
        )),
    }
}

/// Says what is missing of the needs, in words; nothing when all is there.
pub(crate) fn lacking(needs: &[Need]) -> Option<String> {
    let missing = missing_of(needs);
    (!missing.is_empty()).then(|| format!("{} missing", names(&missing)))
}

fn missing_of(needs: &[Need]) -> Vec<Need> {
    needs
        .iter()
        .copied()
        .filter(|need| !need.is_met())
        .collect()
}

fn names(needs: &[Need]) -> String {
    let names: Vec<_> = needs.iter().map(|need| need.name()).collect();
    names.join(", ")
}
