//! Every migration exists for both engines, under one name and number.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::finding::Finding;
use super::tree::SourceFile;

const FOLDER: &str = "server/db/migrations";
const ENGINES: [&str; 2] = ["sqlite", "postgres"];

pub(super) fn check(files: &[SourceFile]) -> Vec<Finding> {
    let mut engines_of: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut findings = Vec::new();
    for engine in ENGINES {
        let mut numbers = BTreeSet::new();
        for name in names_in(files, &Path::new(FOLDER).join(engine)) {
            match number_of(&name) {
                None => findings.push(finding(engine, &name, "name it NNNN_what_it_does.sql")),
                Some(number) if !numbers.insert(number.to_owned()) => {
                    findings.push(finding(engine, &name, "another migration has this number"));
                }
                Some(_) => {}
            }
            engines_of.entry(name).or_default().insert(engine);
        }
    }
    findings.extend(engines_of.iter().flat_map(|(name, engines)| {
        let missing = ENGINES.iter().filter(|engine| !engines.contains(**engine));
        let present = engines.iter().next().copied().unwrap_or_default();
        missing.map(move |engine| finding(present, name, &format!("there is no {engine}/{name}")))
    }));
    findings
}

fn names_in(files: &[SourceFile], folder: &Path) -> Vec<String> {
    files
        .iter()
        .filter(|file| file.has_extension("sql") && file.path.parent() == Some(folder))
        .filter_map(|file| file.path.file_name()?.to_str().map(str::to_owned))
        .collect()
}

fn number_of(name: &str) -> Option<&str> {
    let (number, what) = name.split_once('_')?;
    let is_number = number.len() == 4 && number.bytes().all(|digit| digit.is_ascii_digit());
    (is_number && what.len() > ".sql".len()).then_some(number)
}

fn finding(engine: &str, name: &str, message: &str) -> Finding {
    Finding::at(Path::new(FOLDER).join(engine).join(name), 1, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(paths: &[&str]) -> Vec<String> {
        let files: Vec<_> = paths
            .iter()
            .map(|path| SourceFile::new(&format!("{FOLDER}/{path}"), ""))
            .collect();
        check(&files).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn pairs_are_fine() {
        assert!(messages(&["sqlite/0001_init.sql", "postgres/0001_init.sql"]).is_empty());
        assert!(messages(&[]).is_empty());
    }

    #[test]
    fn the_lonely_one_is_named() {
        assert_eq!(
            messages(&[
                "sqlite/0001_init.sql",
                "postgres/0001_init.sql",
                "postgres/0002_tags.sql"
            ]),
            ["server/db/migrations/postgres/0002_tags.sql:1: there is no sqlite/0002_tags.sql"]
        );
    }

    #[test]
    fn numbers_are_four_digits_and_unique() {
        let both = |name: &str| [format!("sqlite/{name}"), format!("postgres/{name}")];
        let bad: Vec<_> = both("1_init.sql").into();
        assert_eq!(
            messages(&bad.iter().map(String::as_str).collect::<Vec<_>>()).len(),
            2
        );
        let twice = [both("0001_a.sql"), both("0001_b.sql")].concat();
        assert_eq!(
            messages(&twice.iter().map(String::as_str).collect::<Vec<_>>()).len(),
            2
        );
    }
}
