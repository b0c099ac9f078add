//! Keys the agent has recorded and kept under a name: the table `[recorded]` of the file.

use super::ConfigError;
use super::own_keys::place;
use frontdesk_ui::key::{Key, parse_chord};
use frontdesk_ui::keymap::Place;
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// Where they stand in the file.
pub(super) const TABLE: &str = "recorded";

/// Keys under a name.
pub(super) type Recorded = (String, Vec<Key>);

/// Reads the table, in the order of the file.
pub(super) fn read(
    path: &Path,
    text: &str,
    file: &DeTable<'_>,
) -> Result<Vec<Recorded>, ConfigError> {
    let Some(table) = file.get(TABLE) else {
        return Ok(Vec::new());
    };
    let wrong = |offset: usize, what: String| {
        let Place { line, column } = place(text, offset);
        ConfigError {
            place: format!("{}:{line}:{column}", path.display()),
            line: Some(line),
            what,
            hint: Some("write [recorded] and below it storm = \"x t s Enter e\"".to_owned()),
        }
    };
    let DeValue::Table(named) = table.get_ref() else {
        let what = "recorded must be a table of names and keys".to_owned();
        return Err(wrong(table.span().start, what));
    };
    let mut found = Vec::new();
    for (name, keys) in named {
        let at = keys.span().start;
        let name = name.get_ref().to_string();
        let chord = match keys.get_ref() {
            DeValue::String(text) => parse_chord(text).ok().filter(|keys| !keys.is_empty()),
            _ => None,
        };
        let chord =
            chord.ok_or_else(|| wrong(at, format!("recorded.{name}: these are no keys")))?;
        found.push((at, (name, chord)));
    }
    found.sort_by_key(|(at, _)| *at);
    Ok(found.into_iter().map(|(_, one)| one).collect())
}
