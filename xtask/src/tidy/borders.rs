//! No crate uses what its place in the architecture forbids. The lines are explained in
//! `docs/ARCHITECTURE.md`; this is the table that enforces them.
//!
//! Only what is shipped counts: tests may use more.

mod rules;

use std::path::PathBuf;

use super::finding::Finding;
use super::tree::SourceFile;
use crate::workspace::{Dependency, DependencyKind, Package, Workspace};
use rules::{RULES, Rule};

/// A crate's dependencies, and the text that lists them.
#[derive(Debug)]
pub(super) struct Manifest<'a> {
    name: &'a str,
    path: PathBuf,
    text: &'a str,
    dependencies: &'a [Dependency],
}

/// Brings together what cargo says and what is in the files.
pub(super) fn manifests<'a>(
    workspace: &'a Workspace,
    files: &'a [SourceFile],
) -> Vec<Manifest<'a>> {
    workspace
        .packages()
        .iter()
        .map(|package| manifest(workspace, files, package))
        .collect()
}

fn manifest<'a>(
    workspace: &Workspace,
    files: &'a [SourceFile],
    package: &'a Package,
) -> Manifest<'a> {
    let path = package
        .manifest
        .strip_prefix(workspace.root())
        .unwrap_or(&package.manifest);
    let text = files
        .iter()
        .find(|file| file.path == path)
        .map_or("", |file| file.text.as_str());
    Manifest {
        name: &package.name,
        path: path.to_path_buf(),
        text,
        dependencies: &package.dependencies,
    }
}

pub(super) fn check(manifests: &[Manifest<'_>]) -> Vec<Finding> {
    manifests.iter().flat_map(check_one).collect()
}

fn check_one(manifest: &Manifest<'_>) -> Vec<Finding> {
    let rules: Vec<_> = RULES
        .iter()
        .filter(|rule| rule.applies_to(manifest.name))
        .collect();
    let shipped = manifest
        .dependencies
        .iter()
        .filter(|found| found.kind == DependencyKind::Shipped);
    shipped
        .filter_map(|dependency| {
            let rule = rules.iter().find(|rule| rule.forbids(&dependency.name))?;
            Some(finding(manifest, &dependency.name, rule))
        })
        .collect()
}

fn finding(manifest: &Manifest<'_>, dependency: &str, rule: &Rule) -> Finding {
    let message = format!(
        "{} must not use {dependency}: {}",
        manifest.name, rule.reason
    );
    Finding::at(&manifest.path, line_of(manifest.text, dependency), message)
}

/// The line that brings the dependency in; the first one where it cannot be told.
fn line_of(manifest: &str, dependency: &str) -> usize {
    let is_entry = |line: &str| {
        line.trim_start()
            .strip_prefix(dependency)
            .is_some_and(|rest| rest.starts_with(['.', ' ', '=']))
    };
    manifest
        .lines()
        .position(is_entry)
        .map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(name: &str, dependencies: &[(&str, DependencyKind)]) -> Vec<String> {
        let dependencies: Vec<_> = dependencies
            .iter()
            .map(|(name, kind)| Dependency {
                name: (*name).to_owned(),
                kind: *kind,
            })
            .collect();
        let text = "[dependencies]\nserde.workspace = true\ntokio = \"1\"\n";
        let manifest = Manifest {
            name,
            path: "a/Cargo.toml".into(),
            text,
            dependencies: &dependencies,
        };
        check(&[manifest]).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_shipped_is_held_to_the_border() {
        assert_eq!(
            messages("frontdesk-domain", &[("tokio", DependencyKind::Shipped)]),
            [
                "a/Cargo.toml:3: frontdesk-domain must not use tokio: decisions are pure: no I/O, no SQL, no payloads, no async"
            ]
        );
    }

    #[test]
    fn tests_may_use_more() {
        assert!(
            messages(
                "frontdesk-domain",
                &[("tokio", DependencyKind::Development)]
            )
            .is_empty()
        );
    }

    #[test]
    fn the_protocol_has_a_closed_list() {
        assert!(messages("frontdesk-protocol", &[("serde", DependencyKind::Shipped)]).is_empty());
        assert_eq!(
            messages("frontdesk-protocol", &[("anyhow", DependencyKind::Shipped)]).len(),
            1
        );
    }

    #[test]
    fn the_testkit_is_never_shipped() {
        let shipped = [("frontdesk-testkit", DependencyKind::Shipped)];
        assert_eq!(messages("frontdesk-server", &shipped).len(), 1);
    }

    #[test]
    fn crates_without_a_line_are_free() {
        assert!(messages("frontdesk", &[("tokio", DependencyKind::Shipped)]).is_empty());
    }
}
