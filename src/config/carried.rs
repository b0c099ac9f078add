//! Macros and canned replies as text, to be carried from one desk to another: tables as they stand in the
//! configuration.

use super::own_tables::{Kind, Wrong, text};
use super::{ConfigError, own_macros};
use frontdesk_ui::macros::{Macro, Step, Words};
use std::path::Path;
use toml::de::DeTable;
use toml_edit::{Array, DocumentMut, Item, Table, Value};

/// What a canned reply says.
const CANNED: Kind = Kind {
    table: "canned",
    one: "canned reply",
    keys: &["text"],
    hint: "write [canned.thanks] and below it text = \"Thank you for writing to us.\"",
};

/// Macros as they stand in a configuration file.
#[must_use]
pub fn macros_as_text(macros: &[&Macro]) -> String {
    let mut document = DocumentMut::new();
    put_macros(&mut document, macros);
    document.to_string()
}

/// The macros of such a text. What else stands in it is left alone, so that it may be anybody's whole
/// configuration.
///
/// # Errors
/// When the text is no TOML or one of them is none.
pub fn macros_of(place: &Path, text: &str) -> Result<Vec<Macro>, ConfigError> {
    read(&own_macros::KIND, place, text, own_macros::one)
}

/// Puts macros in the place of those of the same name, and the others at the end.
pub(super) fn put_macros(document: &mut DocumentMut, macros: &[&Macro]) {
    let tables = own_macros::KIND.table;
    for it in macros {
        let mut table = Table::new();
        match &it.words {
            Some(Words::ToCustomer(text)) => put(&mut table, "reply", text.as_str()),
            Some(Words::ToColleagues(text)) => put(&mut table, "note", text.as_str()),
            None => {}
        }
        if !it.steps.is_empty() {
            let steps: Array = it.steps.iter().map(Step::written).collect();
            put(&mut table, "do", steps);
        }
        put_table(document, tables, &it.name, table);
    }
}

/// Canned replies as text, each with its name.
#[must_use]
pub fn canned_as_text<'a>(replies: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut document = DocumentMut::new();
    for (name, text) in replies {
        let mut table = Table::new();
        put(&mut table, "text", text);
        put_table(&mut document, CANNED.table, name, table);
    }
    document.to_string()
}

/// The canned replies of such a text, each with its name.
///
/// # Errors
/// When the text is no TOML or one of them is none.
pub fn canned_of(place: &Path, text: &str) -> Result<Vec<(String, String)>, ConfigError> {
    read(&CANNED, place, text, canned)
}

fn canned(name: &str, body: &DeTable<'_>) -> Result<(String, String), Wrong> {
    let said = body.get("text").map(text).transpose()?;
    let said = said.ok_or_else(|| (None, "it says no text".to_owned()))?;
    Ok((name.to_owned(), said))
}

fn read<T>(
    kind: &Kind,
    place: &Path,
    text: &str,
    one: impl Fn(&str, &DeTable<'_>) -> Result<T, Wrong>,
) -> Result<Vec<T>, ConfigError> {
    let table = super::file::table(place, text)?;
    kind.read(place, text, table.get_ref(), one)
}

fn put(table: &mut Table, key: &str, value: impl Into<Value>) {
    table.insert(key, toml_edit::value(value));
}

fn put_table(document: &mut DocumentMut, of: &str, name: &str, table: Table) {
    let all = document.entry(of).or_insert_with(|| {
        let mut all = Table::new();
        all.set_implicit(true);
        Item::Table(all)
    });
    all[name] = Item::Table(table);
}

#[cfg(test)]
mod tests {
    use super::*;

    const MACROS: &str = "[macros.refund]\nreply = \"\"\"\nHi {first|there},\nit is on its way.\"\"\"\ndo = [\"tag refund\", \"assign team:Tier 2\", \"snooze 3d\", \"done\"]\n\n\
        [macros.\"to tier two\"]\nnote = \"Please look.\"\n\n[macros.rest]\ndo = [\"no-priority\", \"move Returns\", \"untag new\"]\n";

    fn macros(text: &str) -> Vec<Macro> {
        macros_of(Path::new("m.toml"), text).unwrap()
    }

    #[test]
    fn what_was_exported_is_the_same_when_it_is_imported() {
        let before = macros(MACROS);
        let text = macros_as_text(&before.iter().collect::<Vec<_>>());
        assert_eq!(macros(&text), before, "{text}");
        assert_eq!(text, MACROS);
        let replies = [
            ("thanks", "Thank you\nvery \"much\"."),
            ("to all", "{first|there}"),
        ];
        let text = canned_as_text(replies.into_iter());
        let back = canned_of(Path::new("c.toml"), &text).unwrap();
        let back: Vec<(&str, &str)> = back.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(back, replies);
    }

    #[test]
    fn a_whole_configuration_gives_its_macros() {
        let text = format!("theme = \"ink\"\n[keys.list]\n\"s\" = \"snooze\"\n\n{MACROS}");
        assert_eq!(macros(&text), macros(MACROS));
        assert!(macros("theme = \"ink\"\n").is_empty());
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let wrong = |text: &str| {
            macros_of(Path::new("m.toml"), text)
                .unwrap_err()
                .to_string()
        };
        assert!(wrong("[macros.a]\ndo = [\"shout\"]\n").contains("m.toml:2:"));
        assert!(wrong("[macros.a\n").contains("m.toml"));
        let canned = canned_of(Path::new("c.toml"), "[canned.a]\ntext = \"\"\n");
        assert!(canned.unwrap_err().to_string().contains("c.toml:2:"));
        assert!(canned_of(Path::new("c.toml"), "[canned.a]\n").is_err());
    }
}
