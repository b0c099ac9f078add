//! The agent's own commands: the tables `[commands.issue]` and so on of the file. Each is a program
//! and its arguments; no shell ever reads them.

use super::ConfigError;
use super::own_tables::{Kind, Value, Wrong, text};
use super::problem::nearest;
use frontdesk_ui::keymap::Keymap;
use frontdesk_ui::own_command::{OwnCommand, Shows};
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// What a command may say.
pub(super) const KIND: Kind = Kind {
    table: "commands",
    one: "command",
    keys: &["run", "output", "about"],
    hint: HINT,
};
const HINT: &str = "write [commands.issue] and below it run = [\"program\", \"argument\"]";

pub(super) fn one(name: &str, body: &DeTable<'_>) -> Result<OwnCommand, Wrong> {
    let run = body
        .get("run")
        .ok_or((None, "it runs nothing; run is missing".to_owned()))?;
    Ok(OwnCommand {
        name: name.to_owned(),
        about: body.get("about").map(text).transpose()?,
        run: program(run)?,
        shows: body
            .get("output")
            .map(shows)
            .transpose()?
            .unwrap_or_default(),
    })
}

fn program(value: &Value<'_>) -> Result<Vec<String>, Wrong> {
    let what =
        "run must be a list of texts, such as [\"program\", \"argument\"]; no shell reads it";
    let wrong = || (Some(value.span().start), what.to_owned());
    let DeValue::Array(all) = value.get_ref() else {
        return Err(wrong());
    };
    let word = |it: &Value<'_>| match it.get_ref() {
        DeValue::String(text) => Ok(text.to_string()),
        _ => Err((
            Some(it.span().start),
            "each word must stand in quotes".to_owned(),
        )),
    };
    let words: Vec<String> = all.iter().map(word).collect::<Result<_, _>>()?;
    match words.first() {
        Some(program) if !program.trim().is_empty() => Ok(words),
        _ => Err(wrong()),
    }
}

fn shows(value: &Value<'_>) -> Result<Shows, Wrong> {
    let text = text(value)?;
    Shows::from_name(&text).ok_or_else(|| {
        let what = format!("output must be toast or pager, got {text}");
        (Some(value.span().start), what)
    })
}

/// Whether every command that keys are bound to is there.
///
/// # Errors
/// When one is not.
pub(super) fn check_keys(
    keymap: &Keymap,
    commands: &[OwnCommand],
    path: &Path,
) -> Result<(), ConfigError> {
    let names = || commands.iter().map(|it| it.name.as_str());
    let mut bound = keymap.commands();
    match bound.find(|name| !names().any(|it| it == *name)) {
        None => Ok(()),
        Some(name) => Err(ConfigError {
            place: path.display().to_string(),
            line: None,
            what: format!("keys are bound to the command {name:?}, and there is none"),
            hint: nearest(name, names()).or_else(|| Some(HINT.to_owned())),
        }),
    }
}
