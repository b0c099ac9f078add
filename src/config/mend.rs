//! Mends what is wrong with a configuration file: what was probably meant is written in its place,
//! and what means nothing becomes a comment. Everything else stays as it is, to the last letter.

use super::file::{File, line_of, parse};
use super::keys::{self, Config, KEYS};
use super::problem::nearest_name;
use super::remember::write;
use super::{ConfigError, own_commands, own_macros};
use frontdesk_ui::action::Action;
use frontdesk_ui::keymap::{Keymap, Override, Severity};
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Each round mends one thing; a file has no more of them than this.
const MOST: usize = 1_000;

/// What was done to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// What was changed, a line each.
    pub changes: Vec<String>,
    /// The file as it was, where it is kept.
    pub kept: Option<PathBuf>,
}

/// Mends a file, or only says what would be done to it.
///
/// # Errors
/// When the file cannot be read or written, or something is wrong that is not for this to mend.
pub fn mend(path: &Path, write_it: Writing) -> Result<Mended, ConfigError> {
    let before = super::file::read_text(path)?;
    let (after, changes) = mended(path, &before)?;
    let kept = match write_it {
        Writing::File if after != before => Some(replace(path, &before, &after)?),
        _ => None,
    };
    Ok(Mended { changes, kept })
}

/// Whether the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    File,
    Nothing,
}

fn replace(path: &Path, before: &str, after: &str) -> Result<PathBuf, ConfigError> {
    let kept = unused(path);
    write(&kept, before)
        .and_then(|()| write(path, after))
        .map_err(|error| ConfigError {
            place: path.display().to_string(),
            line: None,
            what: format!("the file cannot be written ({})", error.kind()),
            hint: Some("check the path and who may write there".to_owned()),
        })?;
    Ok(kept)
}

/// A name for the file as it was, under which nothing is kept yet.
fn unused(path: &Path) -> PathBuf {
    let named = |ending: String| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let mut kept = named(".bak".to_owned());
    let mut number = 1;
    while kept.exists() {
        number += 1;
        kept = named(format!(".bak{number}"));
    }
    kept
}

/// Something that is wrong, and what to write instead of what stands there.
struct Flaw {
    line: usize,
    what: String,
    instead: Option<Instead>,
}

/// What was probably meant.
enum Instead {
    Key { from: String, to: String },
    Value(String),
}

fn mended(path: &Path, text: &str) -> Result<(String, Vec<String>), ConfigError> {
    let (mut text, mut changes) = (text.to_owned(), Vec::new());
    for _ in 0..MOST {
        let Some(flaw) = first(path, &text)? else {
            break;
        };
        let better = flaw
            .instead
            .as_ref()
            .and_then(|instead| written(&text, flaw.line, instead));
        let (after, said) = match better {
            Some((after, line)) => (after, format!("line {}: now {line}", flaw.line)),
            None => (
                silenced(&text, flaw.line),
                format!("line {}: made a comment; {}", flaw.line, flaw.what),
            ),
        };
        if after == text {
            break;
        }
        text = after;
        changes.push(said);
    }
    Ok((text, changes))
}

/// The first thing that is wrong.
fn first(path: &Path, text: &str) -> Result<Option<Flaw>, ConfigError> {
    let file = match parse(path, text.to_owned()) {
        Ok(file) => file,
        Err(error) => return flaw(error, None).map(Some),
    };
    let mut config = Config::default();
    for given in &file.given {
        if let Err(error) = keys::set(&mut config, given) {
            let instead = meant(&file, given);
            return flaw(error, instead).map(Some);
        }
    }
    let (keymap, problems) = Keymap::build(config.keys_preset, &file.own_keys);
    let mut wrong = problems.iter();
    if let Some(problem) = wrong.find(|it| it.severity == Severity::Error) {
        let line = problem.place.line;
        let mut own = file.own_keys.iter();
        let instead = own.find(|it| it.place == problem.place).and_then(action);
        let what = problem.what.clone();
        return Ok(Some(Flaw {
            line,
            what,
            instead,
        }));
    }
    let unknown = own_macros::check_keys(&keymap, &file.own_macros, path).err();
    let unknown = unknown.or(own_commands::check_keys(&keymap, &file.own_commands, path).err());
    Ok(unknown.and_then(|error| {
        let line = bound_to_nothing(&file)?;
        let what = error.what;
        Some(Flaw {
            line,
            what,
            instead: None,
        })
    }))
}

fn flaw(error: ConfigError, instead: Option<Instead>) -> Result<Flaw, ConfigError> {
    match error.line {
        Some(line) => Ok(Flaw {
            line,
            what: error.what,
            instead,
        }),
        None => Err(error),
    }
}

/// The key or the value that was probably meant by a setting.
fn meant(file: &File, given: &super::Given) -> Option<Instead> {
    let Some(key) = KEYS.iter().find(|key| key.name == given.key) else {
        let to = nearest_name(&given.key, KEYS.iter().map(|key| key.name))?;
        let is_free = file.given.iter().all(|it| it.key != to);
        return is_free.then(|| Instead::Key {
            from: given.key.clone(),
            to: to.to_owned(),
        });
    };
    let words = keys::words(key);
    let word = nearest_name(&given.text.to_lowercase(), words.iter().map(String::as_str))?;
    Some(Instead::Value(word.to_owned()))
}

/// The action that was probably meant by one that there is not.
fn action(own: &Override) -> Option<Instead> {
    let name = own.action.as_deref()?;
    if Action::from_name(name).is_some() {
        return None;
    }
    let near = nearest_name(name, Action::ALL.iter().map(|it| it.name()))?;
    Some(Instead::Value(near.to_owned()))
}

/// The line whose keys are bound to a macro or a command that there is not.
fn bound_to_nothing(file: &File) -> Option<usize> {
    let has = |own: &&Override| {
        let named = own.action.as_deref().unwrap_or_default();
        let is_macro = named
            .strip_prefix("macro ")
            .is_some_and(|name| file.own_macros.iter().all(|it| it.name != name.trim()));
        let is_command = named
            .strip_prefix("command ")
            .is_some_and(|name| file.own_commands.iter().all(|it| it.name != name.trim()));
        is_macro || is_command
    };
    file.own_keys.iter().find(has).map(|own| own.place.line)
}

/// The text with the better words in that line, and the line; nothing where they do not fit.
fn written(text: &str, line: usize, instead: &Instead) -> Option<(String, String)> {
    let table = DeTable::parse(text).ok()?;
    let (key, value) = entry(text, table.get_ref(), line)?;
    let (at, new) = match instead {
        Instead::Key { from, to } => {
            let found = text.get(key.clone())?.find(from.as_str())?;
            let start = key.start + found;
            (start..start + from.len(), to.clone())
        }
        Instead::Value(word) => (value, format!("\"{word}\"")),
    };
    let mut after = text.to_owned();
    after.replace_range(at, &new);
    let line = after.lines().nth(line - 1)?.trim().to_owned();
    Some((after, line))
}

type Spans = (std::ops::Range<usize>, std::ops::Range<usize>);

/// Where the key that stands in a line stands, and its value.
fn entry(text: &str, table: &DeTable<'_>, line: usize) -> Option<Spans> {
    table
        .iter()
        .find_map(|(key, value): (_, &Spanned<DeValue<'_>>)| {
            if let DeValue::Table(inner) = value.get_ref()
                && let Some(found) = entry(text, inner, line)
            {
                return Some(found);
            }
            (line_of(text, key.span().start) == line).then(|| (key.span(), value.span()))
        })
}

/// The text with what begins in that line made a comment: a value over several lines wholly, and a
/// table with all that stands below its head.
fn silenced(text: &str, line: usize) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let head = |line: &&str| line.trim_start().starts_with('[');
    let first = line.saturating_sub(1);
    let last = match lines.get(first) {
        Some(it) if head(it) => {
            let below = lines.iter().skip(line).position(head);
            below.map_or(lines.len(), |below| line + below)
        }
        _ => DeTable::parse(text)
            .ok()
            .and_then(|table| entry(text, table.get_ref(), line))
            .map_or(line, |(_, value)| {
                line_of(text, value.end.saturating_sub(1)).max(line)
            }),
    };
    let silence = |(at, line): (usize, &&str)| {
        let is_in = (first..last).contains(&at);
        let says = !line.trim().is_empty() && !line.trim_start().starts_with('#');
        if is_in && says {
            format!("# {line}")
        } else {
            (*line).to_owned()
        }
    };
    lines.iter().enumerate().map(silence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str) -> (String, Vec<String>) {
        mended(Path::new("config.toml"), text).unwrap()
    }

    #[test]
    fn what_was_meant_is_written_and_the_rest_stays() {
        let text = "# mine\ncolour = \"never\" # always\nglyphs = \"asci\"\nmouse = true\n\n\
                    [keys.list]\n\"s\" = \"snoze\" # later\n";
        let (text, changes) = after(text);
        assert_eq!(
            text,
            "# mine\ncolor = \"never\" # always\nglyphs = \"ascii\"\nmouse = true\n\n\
             [keys.list]\n\"s\" = \"snooze\" # later\n"
        );
        assert_eq!(changes[0], "line 2: now color = \"never\" # always");
        assert_eq!(changes.len(), 3);
        assert_eq!(after(&text), (text.clone(), Vec::new()));
    }

    #[test]
    fn what_means_nothing_becomes_a_comment() {
        let table = [
            ("timeout_seconds = 0\n", "# timeout_seconds = 0\n"),
            (
                "theme = ink\nmouse = false\n",
                "# theme = ink\nmouse = false\n",
            ),
            (
                "zzz = \"\"\"\na\nb\"\"\"\nmouse = false\n",
                "# zzz = \"\"\"\n# a\n# b\"\"\"\nmouse = false\n",
            ),
            (
                "[macros.a]\ndo = [\"shout\"]\n[keys.desk]\n\"ctrl-t\" = \"macro a\"\n",
                "# [macros.a]\n# do = [\"shout\"]\n[keys.desk]\n# \"ctrl-t\" = \"macro a\"\n",
            ),
            (
                "[commands.x]\nrun = \"ls\"\n\n[macros.b]\nnote = \"x\"\n",
                "# [commands.x]\n# run = \"ls\"\n\n[macros.b]\nnote = \"x\"\n",
            ),
            (
                "[keys.list]\n\"x\" = \"done\"\n\"x\" = \"down\"\n",
                "[keys.list]\n\"x\" = \"done\"\n# \"x\" = \"down\"\n",
            ),
        ];
        for (before, wanted) in table {
            let (text, changes) = after(before);
            assert_eq!(text, wanted);
            assert!(!changes.is_empty());
        }
    }

    #[test]
    fn the_file_as_it_was_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        for (number, ending) in [(0, "config.toml.bak"), (1, "config.toml.bak2")] {
            let text = format!("timeout_seconds = -{number}\n# {number}\n");
            std::fs::write(&path, &text).unwrap();
            let would = mend(&path, Writing::Nothing).unwrap();
            assert_eq!((would.changes.len(), would.kept), (1, None));
            let kept = mend(&path, Writing::File).unwrap().kept.unwrap();
            assert!(kept.ends_with(ending), "{kept:?}");
            assert_eq!(std::fs::read_to_string(kept).unwrap(), text);
            assert!(
                first(&path, &std::fs::read_to_string(&path).unwrap())
                    .unwrap()
                    .is_none()
            );
        }
        std::fs::write(&path, "mouse = true\n").unwrap();
        assert_eq!(mend(&path, Writing::File).unwrap().kept, None);
    }
}
