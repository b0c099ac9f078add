//! Every file of an integration test is a module of it. A file that nobody names is not compiled,
//! and its tests pass by never running.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::finding::Finding;
use super::tree::SourceFile;

pub(super) fn check(files: &[SourceFile]) -> Vec<Finding> {
    let texts: BTreeMap<&Path, &str> = files
        .iter()
        .map(|file| (file.path.as_path(), file.text.as_str()))
        .collect();
    let test_files = files
        .iter()
        .filter(|file| file.has_extension("rs"))
        .filter_map(|file| {
            let root = integration_root(&file.path)?;
            texts
                .contains_key(root.join("main.rs").as_path())
                .then_some((root, &file.path))
        });
    test_files
        .filter_map(|(root, path)| check_file(&texts, &root, path))
        .collect()
}

fn check_file(texts: &BTreeMap<&Path, &str>, root: &Path, path: &Path) -> Option<Finding> {
    if path == root.join("main.rs") {
        return None;
    }
    let (module, parents) = place_of(root, path)?;
    let is_named = parents.iter().any(|parent| {
        texts
            .get(parent.as_path())
            .is_some_and(|text| declares(text, &module))
    });
    (!is_named).then(|| {
        let parent = parents
            .iter()
            .find(|parent| texts.contains_key(parent.as_path()));
        let parent = parent.unwrap_or(&parents[0]).display();
        Finding::at(
            path,
            1,
            format!("not compiled: {parent} has no `mod {module};`"),
        )
    })
}

/// The folder `…/tests/it` the file is in, at whatever depth.
fn integration_root(path: &Path) -> Option<PathBuf> {
    path.ancestors()
        .skip(1)
        .find(|folder| folder.ends_with("tests/it"))
        .map(Path::to_path_buf)
}

/// The module that the file is, and the files that may declare it.
fn place_of(root: &Path, path: &Path) -> Option<(String, Vec<PathBuf>)> {
    let is_folder_module = path.ends_with("mod.rs");
    let named = if is_folder_module {
        path.parent()?
    } else {
        path
    };
    let module = named.file_stem()?.to_str()?.to_owned();
    let folder = named.parent()?;
    let parents = if folder == root {
        vec![root.join("main.rs")]
    } else {
        vec![folder.with_extension("rs"), folder.join("mod.rs")]
    };
    Some((module, parents))
}

/// Whether a line is `mod name;`, with whatever visibility or attribute before it.
fn declares(text: &str, module: &str) -> bool {
    let declaration = format!("mod {module};");
    text.lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("//"))
        .any(|line| {
            line.strip_suffix(&declaration)
                .is_some_and(|before| before.is_empty() || before.ends_with(' '))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<_> = files
            .iter()
            .map(|(path, text)| SourceFile::new(path, text))
            .collect();
        check(&files).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn named_files_are_fine() {
        let files = [
            (
                "db/tests/it/main.rs",
                "mod crash;\n#[cfg(test)] mod engines;\n",
            ),
            ("db/tests/it/crash.rs", ""),
            ("db/tests/it/engines/mod.rs", "pub(crate) mod sqlite;"),
            ("db/tests/it/engines/sqlite.rs", ""),
        ];
        assert!(messages(&files).is_empty());
    }

    #[test]
    fn an_unnamed_file_is_found() {
        let files = [
            ("tests/it/main.rs", "// mod hooks;\nmod other_hooks;\n"),
            ("tests/it/hooks.rs", ""),
        ];
        assert_eq!(
            messages(&files),
            ["tests/it/hooks.rs:1: not compiled: tests/it/main.rs has no `mod hooks;`"]
        );
    }

    #[test]
    fn an_unnamed_file_of_a_folder_is_found() {
        let files = [
            ("tests/it/main.rs", "mod rest;"),
            ("tests/it/rest.rs", "mod auth;"),
            ("tests/it/rest/auth.rs", ""),
            ("tests/it/rest/tags.rs", ""),
        ];
        assert_eq!(
            messages(&files),
            ["tests/it/rest/tags.rs:1: not compiled: tests/it/rest.rs has no `mod tags;`"]
        );
    }

    #[test]
    fn other_folders_are_left_alone() {
        assert!(messages(&[("src/a.rs", ""), ("tests/interop/b.rs", "")]).is_empty());
    }
}
