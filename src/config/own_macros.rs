//! The agent's own macros: the tables `[macros.refund]` and so on of the file.

use super::ConfigError;
use super::own_keys::place;
use super::problem::nearest;
use frontdesk_ui::keymap::{Keymap, Place};
use frontdesk_ui::macros::{Macro, Step, Words};
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where the macros stand in the file.
pub(super) const TABLE: &str = "macros";

/// What a macro may say.
const KEYS: [&str; 3] = ["reply", "note", "do"];
const HINT: &str =
    "write [macros.refund] and below it reply = \"Hi {first|there}\" and do = [\"done\"]";

/// A value and where it stands.
type Value<'i> = Spanned<DeValue<'i>>;

/// Reads the tables. `table` is what stands under `macros`.
pub(super) fn read(
    path: &Path,
    text: &str,
    table: &DeValue<'_>,
) -> Result<Vec<Macro>, ConfigError> {
    let wrong = |offset: usize, what: String| {
        let Place { line, column } = place(text, offset);
        ConfigError {
            place: format!("{}:{line}:{column}", path.display()),
            what,
            hint: Some(HINT.to_owned()),
        }
    };
    let DeValue::Table(named) = table else {
        let what = "macros must be tables, one for each name".to_owned();
        return Err(wrong(0, what));
    };
    let mut found = Vec::new();
    for (name, body) in named {
        let at = name.span().start;
        let DeValue::Table(body) = body.get_ref() else {
            return Err(wrong(
                at,
                format!("macros.{} must be a table", name.get_ref()),
            ));
        };
        let one = one(name.get_ref(), body).map_err(|(offset, what)| {
            wrong(
                offset.unwrap_or(at),
                format!("macros.{}: {what}", name.get_ref()),
            )
        })?;
        found.push((at, one));
    }
    // The tables sort by name; macros stand in the order of the file.
    found.sort_by_key(|(at, _)| *at);
    Ok(found.into_iter().map(|(_, one)| one).collect())
}

/// What is wrong, and where, if it is not the whole of it.
type Wrong = (Option<usize>, String);

fn one(name: &str, body: &DeTable<'_>) -> Result<Macro, Wrong> {
    let unknown = body
        .iter()
        .find(|(key, _)| !KEYS.contains(&key.get_ref().as_ref()));
    if let Some((key, _)) = unknown {
        let hint = nearest(key.get_ref(), KEYS.into_iter());
        let hint = hint.map_or_else(String::new, |hint| format!("; {hint}"));
        let what = format!("{:?} is nothing a macro has{hint}", key.get_ref());
        return Err((Some(key.span().start), what));
    }
    let reply = body.get("reply").map(words).transpose()?;
    let note = body.get("note").map(words).transpose()?;
    let words = match (reply, note) {
        (Some(_), Some(_)) => return Err((None, "it is a reply or a note, not both".to_owned())),
        (Some(text), None) => Some(Words::ToCustomer(text)),
        (None, Some(text)) => Some(Words::ToColleagues(text)),
        (None, None) => None,
    };
    let steps = body.get("do").map(steps).transpose()?.unwrap_or_default();
    if words.is_none() && steps.is_empty() {
        return Err((None, "it does nothing".to_owned()));
    }
    Ok(Macro {
        name: name.to_owned(),
        words,
        steps,
    })
}

fn words(value: &Value<'_>) -> Result<String, Wrong> {
    match value.get_ref() {
        DeValue::String(text) if !text.trim().is_empty() => Ok(text.to_string()),
        _ => Err((
            Some(value.span().start),
            "the text must stand in quotes".to_owned(),
        )),
    }
}

fn steps(value: &Value<'_>) -> Result<Vec<Step>, Wrong> {
    let at = Some(value.span().start);
    let DeValue::Array(all) = value.get_ref() else {
        let what = "do must be a list, such as [\"tag refund\", \"done\"]".to_owned();
        return Err((at, what));
    };
    let step = |it: &Value<'_>| {
        let at = Some(it.span().start);
        match it.get_ref() {
            DeValue::String(text) => text
                .parse()
                .map_err(|bad: frontdesk_ui::macros::BadStep| (at, bad.to_string())),
            _ => Err((at, "each thing to do must stand in quotes".to_owned())),
        }
    };
    all.iter().map(step).collect()
}

/// Whether every macro that keys are bound to is there.
///
/// # Errors
/// When one is not.
pub(super) fn check_keys(
    keymap: &Keymap,
    macros: &[Macro],
    path: &Path,
) -> Result<(), ConfigError> {
    let names = || macros.iter().map(|it| it.name.as_str());
    let mut bound = keymap.macros();
    match bound.find(|name| !names().any(|it| it == *name)) {
        None => Ok(()),
        Some(name) => Err(ConfigError {
            place: path.display().to_string(),
            what: format!("keys are bound to the macro {name:?}, and there is none"),
            hint: nearest(name, names()).or_else(|| Some(HINT.to_owned())),
        }),
    }
}

/// The table under `macros` of a whole file, if there is one.
pub(super) fn of<'a, 'i>(table: &'a DeTable<'i>) -> Option<&'a DeValue<'i>> {
    table.get(TABLE).map(Spanned::get_ref)
}
