//! Tables of the file with a name of the agent's own: `[macros.refund]`, `[commands.issue]`.

use super::ConfigError;
use super::own_keys::place;
use super::problem::nearest;
use frontdesk_ui::keymap::Place;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it stands.
pub(super) type Value<'i> = Spanned<DeValue<'i>>;

/// What is wrong, and where, if it is not the whole of it.
pub(super) type Wrong = (Option<usize>, String);

/// A kind of such tables.
pub(super) struct Kind {
    /// Under what they stand.
    pub(super) table: &'static str,
    /// What one is called.
    pub(super) one: &'static str,
    /// What may stand in it.
    pub(super) keys: &'static [&'static str],
    /// How one is written.
    pub(super) hint: &'static str,
}

impl Kind {
    /// Reads all of them, in the order of the file.
    pub(super) fn read<T>(
        &self,
        path: &Path,
        text: &str,
        file: &DeTable<'_>,
        one: impl Fn(&str, &DeTable<'_>) -> Result<T, Wrong>,
    ) -> Result<Vec<T>, ConfigError> {
        let Some(table) = file.get(self.table) else {
            return Ok(Vec::new());
        };
        let wrong = |offset: usize, what: String| {
            let Place { line, column } = place(text, offset);
            ConfigError {
                place: format!("{}:{line}:{column}", path.display()),
                line: Some(line),
                what,
                hint: Some(self.hint.to_owned()),
            }
        };
        let DeValue::Table(named) = table.get_ref() else {
            let what = format!("{} must be tables, one for each name", self.table);
            return Err(wrong(table.span().start, what));
        };
        let mut found = Vec::new();
        for (name, body) in named {
            let at = name.span().start;
            let name = name.get_ref();
            let DeValue::Table(body) = body.get_ref() else {
                return Err(wrong(at, format!("{}.{name} must be a table", self.table)));
            };
            let one =
                self.known(body)
                    .and_then(|()| one(name, body))
                    .map_err(|(offset, what)| {
                        wrong(
                            offset.unwrap_or(at),
                            format!("{}.{name}: {what}", self.table),
                        )
                    })?;
            found.push((at, one));
        }
        // The tables sort by name.
        found.sort_by_key(|(at, _)| *at);
        Ok(found.into_iter().map(|(_, one)| one).collect())
    }

    /// Whether everything in it is something it has.
    fn known(&self, body: &DeTable<'_>) -> Result<(), Wrong> {
        let unknown = body
            .iter()
            .find(|(key, _)| !self.keys.contains(&key.get_ref().as_ref()));
        let Some((key, _)) = unknown else {
            return Ok(());
        };
        let hint = nearest(key.get_ref(), self.keys.iter().copied());
        let hint = hint.map_or_else(String::new, |hint| format!("; {hint}"));
        let what = format!("{:?} is nothing a {} has{hint}", key.get_ref(), self.one);
        Err((Some(key.span().start), what))
    }
}

/// A text in quotes that is not empty.
pub(super) fn text(value: &Value<'_>) -> Result<String, Wrong> {
    match value.get_ref() {
        DeValue::String(text) if !text.trim().is_empty() => Ok(text.to_string()),
        _ => Err((
            Some(value.span().start),
            "the text must stand in quotes".to_owned(),
        )),
    }
}
