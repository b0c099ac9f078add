//! The configuration file: a flat list of keys in TOML.

use super::problem::Origin;
use super::{ConfigError, Given, own_commands, own_keys, own_macros, own_recordings, own_views};
use frontdesk_ui::keymap::Override;
use frontdesk_ui::macros::Macro;
use frontdesk_ui::model::kept::OwnView;
use frontdesk_ui::own_command::OwnCommand;
use std::path::{Path, PathBuf};
use toml::Spanned;
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
    pub(super) own_commands: Vec<OwnCommand>,
    pub(super) own_views: Vec<OwnView>,
    pub(super) recorded: Vec<own_recordings::Recorded>,
}

/// Reads a file.
pub(super) fn read(path: &Path) -> Result<File, ConfigError> {
    parse(path, read_text(path)?)
}

/// What stands in a file, whether or not it is right.
pub(super) fn read_text(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|error| ConfigError {
        place: path.display().to_string(),
        line: None,
        what: format!("the file cannot be read ({})", error.kind()),
        hint: Some("check the path and who may read it".to_owned()),
    })
}

/// Reads what stands in a file.
pub(super) fn parse(path: &Path, text: String) -> Result<File, ConfigError> {
    let file = parts(path, &text)?;
    Ok(File {
        path: path.to_owned(),
        text,
        ..file
    })
}

/// The tables that are no settings.
const TABLES: [&str; 5] = [
    own_recordings::TABLE,
    own_keys::TABLE,
    own_macros::KIND.table,
    own_commands::KIND.table,
    own_views::KIND.table,
];

/// The tables of a text.
pub(super) fn table<'t>(path: &Path, text: &'t str) -> Result<Spanned<DeTable<'t>>, ConfigError> {
    DeTable::parse(text).map_err(|error| {
        let line = line_of(text, error.span().map_or(0, |span| span.start));
        let origin = Origin::File {
            path: path.to_owned(),
            line,
        };
        ConfigError {
            place: origin.to_string(),
            line: Some(line),
            what: error.message().replace('\n', ", "),
            hint: Some("texts stand in quotes".to_owned()),
        }
    })
}

/// What the text says, by where it stands.
fn parts(path: &Path, text: &str) -> Result<File, ConfigError> {
    let origin = |start: usize| Origin::File {
        path: path.to_owned(),
        line: line_of(text, start),
    };
    let table = table(path, text)?;
    let mut given = Vec::new();
    for (name, value) in table.get_ref() {
        if TABLES.contains(&name.get_ref().as_ref()) {
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
    let table = table.get_ref();
    let own_keys = match own_keys::of(table) {
        Some(keys) => own_keys::read(path, text, keys)?,
        None => Vec::new(),
    };
    Ok(File {
        given,
        own_keys,
        own_macros: own_macros::KIND.read(path, text, table, own_macros::one)?,
        own_commands: own_commands::KIND.read(path, text, table, own_commands::one)?,
        recorded: own_recordings::read(path, text, table)?,
        own_views: own_views::KIND.read(path, text, table, own_views::one)?,
        ..File::default()
    })
}

/// The line in which a place of the text stands, counted from one.
pub(super) fn line_of(text: &str, offset: usize) -> usize {
    1 + text
        .bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
}
