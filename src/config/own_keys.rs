//! The agent's own keys: the tables `[keys.list]`, `[keys.thread]` and so on of the file.

use super::ConfigError;
use crate::output::say;
use frontdesk_ui::keymap::{Keymap, Override, Place, Preset, Severity};
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// Where the keys stand in the file.
pub(super) const TABLE: &str = "keys";

/// Reads the tables. `table` is what stands under `keys`.
pub(super) fn read(
    path: &Path,
    text: &str,
    table: &DeValue<'_>,
) -> Result<Vec<Override>, ConfigError> {
    let wrong = |offset: usize, what: String| {
        let Place { line, column } = place(text, offset);
        ConfigError {
            place: format!("{}:{line}:{column}", path.display()),
            line: Some(line),
            what,
            hint: Some("write [keys.list] and below it \"g i\" = \"view-inbox\"".to_owned()),
        }
    };
    let DeValue::Table(contexts) = table else {
        return Err(wrong(
            0,
            "keys must be tables, one for each place".to_owned(),
        ));
    };
    let mut found = Vec::new();
    for (context, bindings) in contexts {
        let at = context.span().start;
        let DeValue::Table(bindings) = bindings.get_ref() else {
            let what = format!("keys.{} must be a table", context.get_ref());
            return Err(wrong(at, what));
        };
        for (chord, action) in bindings {
            let at = chord.span().start;
            let action = match action.get_ref() {
                DeValue::String(name) => Some(name.to_string()),
                DeValue::Boolean(false) => None,
                _ => {
                    let what = format!("{:?} must be an action's name, or false", chord.get_ref());
                    return Err(wrong(at, what));
                }
            };
            found.push(Override {
                context: context.get_ref().to_string(),
                chord: chord.get_ref().to_string(),
                action,
                place: place(text, at),
            });
        }
    }
    // The tables sort by name; problems are told in the order of the file.
    found.sort_by_key(|it| (it.place.line, it.place.column));
    Ok(found)
}

/// The keys of a preset with the agent's own. What is wrong with them is said line by line.
///
/// # Errors
/// When something is wrong that cannot be passed over.
pub(super) fn keymap(
    preset: Preset,
    own: &[Override],
    path: &Path,
    text: &str,
) -> Result<Keymap, ConfigError> {
    let (keymap, problems) = Keymap::build(preset, own);
    let file = path.display().to_string();
    for problem in &problems {
        say(&problem.report(&file, text));
    }
    let errors = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .count();
    if errors == 0 {
        return Ok(keymap);
    }
    Err(ConfigError {
        place: file,
        line: None,
        what: match errors {
            1 => "one of your own keys is wrong".to_owned(),
            _ => format!("{errors} of your own keys are wrong"),
        },
        hint: Some("docs/keys.md has every action and its keys".to_owned()),
    })
}

/// Line and column of a place in the text, both counted from one.
pub(super) fn place(text: &str, offset: usize) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Place {
        line: 1 + before.matches('\n').count(),
        column: 1 + before[line_start..].chars().count(),
    }
}

/// The table under `keys` of a whole file, if there is one.
pub(super) fn of<'a, 'i>(table: &'a DeTable<'i>) -> Option<&'a DeValue<'i>> {
    table.get(TABLE).map(toml::Spanned::get_ref)
}
