//! The layer of the configuration that is a TOML file.

use super::problem::{Origin, Problem};
use super::value::Raw;
use super::{Config, keys};
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// Reads the file into the configuration, noting everything that is wrong with it.
pub(super) fn apply(path: &Path, config: &mut Config, problems: &mut Vec<Problem>) {
    match std::fs::read_to_string(path) {
        Ok(text) => File { path, text: &text }.apply(config, problems),
        Err(error) => problems.push(Problem::file(
            path.display().to_string(),
            format!("the file cannot be read ({})", error.kind()),
            "check the path and who may read it",
        )),
    }
}

struct File<'a> {
    path: &'a Path,
    text: &'a str,
}

impl File<'_> {
    fn apply(&self, config: &mut Config, problems: &mut Vec<Problem>) {
        match DeTable::parse(self.text) {
            Ok(table) => self.walk("", table.get_ref(), config, problems),
            Err(error) => problems.push(Problem::file(
                self.origin(&error.span().unwrap_or_default()).to_string(),
                error.message().replace('\n', ", "),
                "texts stand in quotes, tables begin with [name]",
            )),
        }
    }

    fn walk(
        &self,
        prefix: &str,
        table: &DeTable<'_>,
        config: &mut Config,
        problems: &mut Vec<Problem>,
    ) {
        for (name, value) in table {
            let path = format!("{prefix}{}", name.get_ref());
            let origin = self.origin(&name.span());
            if let Some(key) = keys().find(|key| key.path == path) {
                key.apply(config, &raw(value), &origin, problems);
                continue;
            }
            let inside = format!("{path}.");
            match value.get_ref().as_table() {
                Some(table) if keys().any(|key| key.path.starts_with(&inside)) => {
                    self.walk(&inside, table, config, problems);
                }
                _ => problems.push(Problem::unknown(&origin, &path)),
            }
        }
    }

    fn origin(&self, span: &Range<usize>) -> Origin {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        Origin::File {
            path: self.path.to_owned(),
            line,
        }
    }
}

fn raw<'a>(value: &'a Spanned<DeValue<'_>>) -> Raw<'a> {
    match value.get_ref() {
        DeValue::String(text) => Raw::Text(text),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Raw::Other("a number out of range"), Raw::Whole),
        DeValue::Float(_) => Raw::Other("a fraction"),
        DeValue::Boolean(_) => Raw::Other("true or false"),
        DeValue::Datetime(_) => Raw::Other("a date"),
        DeValue::Array(list) => texts(list).map_or(Raw::Other("a list"), Raw::List),
        DeValue::Table(_) => Raw::Other("a table"),
    }
}

/// The texts of a list that holds nothing else.
fn texts<'a>(list: &'a DeArray<'_>) -> Option<Vec<&'a str>> {
    list.iter()
        .map(|item| match item.get_ref() {
            DeValue::String(text) => Some(&**text),
            _ => None,
        })
        .collect()
}
