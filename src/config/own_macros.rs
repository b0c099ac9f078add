//! The agent's own macros: the tables `[macros.refund]` and so on of the file.

use super::ConfigError;
use super::own_tables::{Kind, Value, Wrong, text};
use super::problem::nearest;
use frontdesk_ui::keymap::Keymap;
use frontdesk_ui::macros::{Macro, Step, Words};
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// What a macro may say.
pub(super) const KIND: Kind = Kind {
    table: "macros",
    one: "macro",
    keys: &["reply", "note", "do"],
    hint: HINT,
};
const HINT: &str =
    "write [macros.refund] and below it reply = \"Hi {first|there}\" and do = [\"done\"]";

pub(super) fn one(name: &str, body: &DeTable<'_>) -> Result<Macro, Wrong> {
    let reply = body.get("reply").map(text).transpose()?;
    let note = body.get("note").map(text).transpose()?;
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
            line: None,
            what: format!("keys are bound to the macro {name:?}, and there is none"),
            hint: nearest(name, names()).or_else(|| Some(HINT.to_owned())),
        }),
    }
}
