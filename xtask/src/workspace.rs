//! Where things are, and which crate depends on which, as cargo itself tells.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::environment;

/// The repository and its crates.
#[derive(Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
    packages: Vec<Package>,
}

/// One crate of the workspace.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) manifest: PathBuf,
    pub(crate) dependencies: Vec<Dependency>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    pub(crate) kind: DependencyKind,
}

/// Whether a dependency ends up in what is shipped or only in tests.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum DependencyKind {
    Shipped,
    Development,
}

impl Workspace {
    /// Asks cargo about the workspace around the current folder.
    pub(crate) fn find() -> Result<Self, String> {
        let output = cargo_command()
            .args(["metadata", "--format-version=1", "--no-deps"])
            .output()
            .map_err(|error| format!("cannot run cargo metadata: {error}"))?;
        if !output.status.success() {
            return Err(format!(
                "cargo metadata failed:\n{}",
                String::from_utf8_lossy(&output.stderr)
            ));
        }
        let metadata = serde_json::from_slice(&output.stdout)
            .map_err(|error| format!("cannot read what cargo metadata says: {error}"))?;
        parse(&metadata).ok_or_else(|| "cargo metadata lacks a field this program reads".to_owned())
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn packages(&self) -> &[Package] {
        &self.packages
    }

    /// A program of the workspace, as the debug profile builds it.
    pub(crate) fn debug_binary(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(name)
    }

    /// The folder for what chores install or write down.
    pub(crate) fn workshop(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// Cargo, in the repository's root.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = cargo_command();
        command.current_dir(&self.root);
        command
    }
}

fn cargo_command() -> Command {
    let mut command = Command::new(environment::cargo());
    for name in environment::cargo_run_variables() {
        command.env_remove(name);
    }
    command
}

fn parse(metadata: &Value) -> Option<Workspace> {
    let packages = metadata["packages"].as_array()?;
    Some(Workspace {
        root: metadata["workspace_root"].as_str()?.into(),
        target: metadata["target_directory"].as_str()?.into(),
        packages: packages.iter().map(parse_package).collect::<Option<_>>()?,
    })
}

fn parse_package(package: &Value) -> Option<Package> {
    let dependencies = package["dependencies"].as_array()?;
    Some(Package {
        name: package["name"].as_str()?.to_owned(),
        manifest: package["manifest_path"].as_str()?.into(),
        dependencies: dependencies
            .iter()
            .map(parse_dependency)
            .collect::<Option<_>>()?,
    })
}

fn parse_dependency(dependency: &Value) -> Option<Dependency> {
    let kind = match dependency["kind"].as_str() {
        Some("dev") => DependencyKind::Development,
        _ => DependencyKind::Shipped,
    };
    Some(Dependency {
        name: dependency["name"].as_str()?.to_owned(),
        kind,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn metadata_becomes_packages_with_their_dependencies() {
        let metadata = json!({
            "workspace_root": "/repo",
            "target_directory": "/elsewhere",
            "packages": [{
                "name": "a",
                "manifest_path": "/repo/a/Cargo.toml",
                "dependencies": [{"name": "b", "kind": null}, {"name": "c", "kind": "dev"}],
            }],
        });
        let workspace = parse(&metadata).unwrap();
        assert_eq!(workspace.workshop(), Path::new("/elsewhere/xtask"));
        let kinds: Vec<_> = workspace.packages()[0]
            .dependencies
            .iter()
            .map(|found| found.kind)
            .collect();
        assert_eq!(
            kinds,
            [DependencyKind::Shipped, DependencyKind::Development]
        );
    }

    #[test]
    fn metadata_of_another_shape_is_refused() {
        assert!(parse(&json!({"packages": []})).is_none());
    }
}
