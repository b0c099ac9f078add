//! The configuration file: a flat list of keys in TOML.

use super::problem::Origin;
use super::{ConfigError, Given, own_keys, own_macros};
use frontdesk_ui::keymap::Override;
use frontdesk_ui::macros::Macro;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// What a file says.
#[derive(Default)]
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) text: String,
    /// The settings, each with its line.
    pub(super) given: Vec<Given>,
    pub(super) own_keys: Vec<Override>,
    pub(super) own_macros: Vec<Macro>,
}

/// Reads a file.
pub(super) fn read(path: &Path) -> Result<File, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|error| ConfigError {
        place: path.display().to_string(),
        what: format!("the file cannot be read ({})", error.kind()),
        hint: Some("check the path and who may read it".to_owned()),
    })?;
    let (given, own_keys, own_macros) = parse(path, &text)?;
    Ok(File {
        path: path.to_owned(),
        text,
        given,
        own_keys,
        own_macros,
    })
}

/// What a file says, by where it stands.
type Parts = (Vec<Given>, Vec<Override>, Vec<Macro>);

fn parse(path: &Path, text: &str) -> Result<Parts, ConfigError> {
    let origin = |start: usize| Origin::File {
        path: path.to_owned(),
        line: line_of(text, start),
    };
    let table = DeTable::parse(text).map_err(|error| ConfigError {
        place: origin(error.span().map_or(0, |span| span.start)).to_string(),
        what: error.message().replace('\n', ", "),
        hint: Some("texts stand in quotes".to_owned()),
    })?;
    let mut given = Vec::new();
    for (name, value) in table.get_ref() {
        if [own_keys::TABLE, own_macros::TABLE].contains(&name.get_ref().as_ref()) {
            continue;
        }
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Float(number) => number.as_str().to_owned(),
            DeValue::Boolean(value) => value.to_string(),
            DeValue::Datetime(value) => value.to_string(),
            DeValue::Array(_) => "a list".to_owned(),
            DeValue::Table(_) => "a table".to_owned(),
        };
        let key = name.get_ref().to_string();
        given.push(Given {
            key,
            text,
            origin: origin(name.span().start),
        });
    }
    // The table sorts by name; people read from the top.
    given.sort_by_key(|one| match &one.origin {
        Origin::File { line, .. } => *line,
        Origin::Variable(_) | Origin::Flag(_) => usize::MAX,
    });
    let own = match own_keys::of(table.get_ref()) {
        Some(keys) => own_keys::read(path, text, keys)?,
        None => Vec::new(),
    };
    let macros = match own_macros::of(table.get_ref()) {
        Some(macros) => own_macros::read(path, text, macros)?,
        None => Vec::new(),
    };
    Ok((given, own, macros))
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text
        .bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
}
