//! What is wrong with keys in a configuration, and where.

use super::spelled;
use crate::action::{Action, Context};
use crate::key::Key;
use std::fmt::Write as _;

/// Where something stands in a file; both counted from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

/// Whether the line holds all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    Error,
    Warning,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyProblem {
    pub severity: Severity,
    pub what: String,
    pub place: Place,
    /// What it clashes with.
    pub other: Option<Other>,
}

/// A binding that another one clashes with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    pub context: Context,
    pub chord: Vec<Key>,
    pub action: Action,
    /// Where it was given; nothing for one of the preset.
    pub place: Option<Place>,
    /// How many more there are like it.
    pub more: usize,
}

impl KeyProblem {
    fn new(severity: Severity, what: String, place: Place) -> Self {
        Self {
            severity,
            what,
            place,
            other: None,
        }
    }

    pub(super) fn prefix(chord: &[Key], place: Place, other: Other) -> Self {
        let (mine, theirs) = (spelled(chord), spelled(&other.chord));
        let what = if other.chord.starts_with(chord) {
            format!("\"{mine}\" is bound on its own and starts \"{theirs}\"")
        } else {
            format!("\"{mine}\" starts with \"{theirs}\", which is bound on its own")
        };
        Self {
            other: Some(other),
            ..Self::new(Severity::Error, what, place)
        }
    }

    pub(super) fn twice(context: Context, chord: &[Key], place: Place, first: Place) -> Self {
        let what = format!(
            "\"{}\" is bound twice in {}; line {} has it already",
            spelled(chord),
            context.name(),
            first.line
        );
        Self::new(Severity::Error, what, place)
    }

    pub(super) fn unknown(kind: &str, name: &str, near: Option<&str>, place: Place) -> Self {
        let near = near.map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
        Self::new(
            Severity::Error,
            format!("there is no {kind} \"{name}\"{near}"),
            place,
        )
    }

    pub(super) fn bad_chord(text: &str, place: Place) -> Self {
        let what = if text.trim().is_empty() {
            "no key is named".to_owned()
        } else {
            format!("\"{text}\" is no key; write \"g i\", \"ctrl-w v\" or \"alt-enter\"")
        };
        Self::new(Severity::Error, what, place)
    }

    pub(super) fn nothing_to_unbind(context: Context, chord: &[Key], place: Place) -> Self {
        let what = format!("\"{}\" is not bound in {}", spelled(chord), context.name());
        Self::new(Severity::Warning, what, place)
    }

    pub(super) fn told_apart(chord: &[Key], like: &str, place: Place) -> Self {
        let what = format!(
            "{} cannot be told from {like} in most terminals",
            spelled(chord)
        );
        Self::new(Severity::Warning, what, place)
    }

    /// The problem with the line it stands on, for the file of this name and content.
    #[must_use]
    pub fn report(&self, file: &str, content: &str) -> String {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let mut out = format!("{severity}: {}\n", self.what);
        show(&mut out, file, content, self.place);
        let Some(other) = &self.other else {
            return out;
        };
        if let Some(place) = other.place {
            show(&mut out, file, content, place);
            return out;
        }
        let more = match other.more {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        let chord = spelled(&other.chord);
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "  default keymap, {}: \"{chord}\" = {}{more}   (unbind it with \"{chord}\" = false)",
            other.context.name(),
            other.action.name(),
        );
        out
    }
}

/// A line of a file, with a mark under the keys that begin at a place.
fn show(out: &mut String, file: &str, content: &str, place: Place) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "  {file}:{}:{}", place.line, place.column);
    let Some(line) = content.lines().nth(place.line.saturating_sub(1)) else {
        return;
    };
    let before = place.column.saturating_sub(1);
    let keys: String = line
        .chars()
        .skip(before)
        .take_while(|c| *c != '=')
        .collect();
    let marks = "^".repeat(keys.trim_end().chars().count().max(1));
    let number = place.line.to_string();
    let air = " ".repeat(number.len());
    let _ = writeln!(out, "   {number} | {line}");
    let _ = writeln!(out, "   {air} | {}{marks} here", " ".repeat(before));
}

/// The known name that is most like one that is not known, where one is near.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let is_near = |distance: usize| distance <= (name.chars().count() / 3).max(1);
    known
        .map(|it| (strsim::damerau_levenshtein(name, it), it))
        .filter(|(distance, _)| is_near(*distance))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, it)| it)
}
