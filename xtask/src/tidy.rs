//! `cargo xtask tidy`: the rules that neither the compiler nor clippy knows.
//!
//! One file per rule. A rule is a pure function from what is in the tree to findings; reading the
//! tree is done here, once. The length of functions is clippy's business (`clippy.toml`).

mod borders;
mod finding;
mod forgotten;
mod leftovers;
mod length;
mod migrations;
mod threats;
mod tree;

use std::process::ExitCode;

pub(crate) use finding::Finding;

use crate::report;
use crate::workspace::Workspace;

/// Prints what is wrong and fails where something is.
pub(crate) fn run(workspace: &Workspace) -> Result<ExitCode, String> {
    let findings = findings(workspace)?;
    for finding in &findings {
        report::line(&finding.to_string());
    }
    report::line(&verdict(&findings));
    Ok(if findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Everything that breaks a rule, in the order of the files.
pub(crate) fn findings(workspace: &Workspace) -> Result<Vec<Finding>, String> {
    let files = tree::read(workspace.root())?;
    let manifests = borders::manifests(workspace, &files);
    let mut findings: Vec<_> = files
        .iter()
        .flat_map(|file| {
            length::check(file)
                .into_iter()
                .chain(leftovers::check(file))
        })
        .chain(borders::check(&manifests))
        .chain(forgotten::check(&files))
        .chain(migrations::check(&files))
        .collect();
    for page in threats::PAGES {
        let text = std::fs::read_to_string(workspace.root().join(page.path))
            .map_err(|error| format!("{}: {error}", page.path))?;
        findings.extend(threats::check(page, &text, &files));
    }
    findings.sort();
    Ok(findings)
}

pub(crate) fn verdict(findings: &[Finding]) -> String {
    match findings.len() {
        0 => "The tree is tidy.".to_owned(),
        1 => "1 thing to tidy".to_owned(),
        number => format!("{number} things to tidy"),
    }
}
