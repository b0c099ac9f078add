//! What stands under names in a file and is taken over from it: macros and canned replies.

use crate::cli::How;
use crate::error::Error;
use crate::output::Output;
use serde::Serialize;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// What becomes of one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fate {
    New,
    Replaced,
    AlreadySo,
    /// There is another one of this name, and it stays.
    Kept,
}

impl Fate {
    /// Whether something is written.
    pub(super) const fn is_written(self) -> bool {
        matches!(self, Self::New | Self::Replaced)
    }

    const fn words(self, how: How) -> &'static str {
        match (self, how.dry_run) {
            (Self::New, false) => "is new",
            (Self::New, true) => "would be new",
            (Self::Replaced, false) => "is replaced",
            (Self::Replaced, true) => "would be replaced",
            (Self::AlreadySo, _) => "was so already",
            (Self::Kept, _) => "says something else here and stays; --replace writes over it",
        }
    }
}

/// What becomes of one, by whether that of the same name, if there is one, says the same.
pub(super) const fn fate(known_is_same: Option<bool>, replace: bool) -> Fate {
    match (known_is_same, replace) {
        (None, _) => Fate::New,
        (Some(true), _) => Fate::AlreadySo,
        (Some(false), true) => Fate::Replaced,
        (Some(false), false) => Fate::Kept,
    }
}

/// Says what became of each, and fails where something was not taken over.
pub(super) fn tell(output: &Output, fates: &[(&str, Fate)], how: How) -> Result<(), Error> {
    #[derive(Serialize)]
    struct One<'a> {
        name: &'a str,
        outcome: Fate,
    }
    for (name, outcome) in fates {
        if how.json {
            let one = One {
                name,
                outcome: *outcome,
            };
            output.json(&serde_json::to_string(&one).expect("a name makes JSON"))?;
        } else {
            output.words(&format!("{name} {}", outcome.words(how)))?;
        }
    }
    let kept = fates.iter().filter(|(_, fate)| *fate == Fate::Kept).count();
    if kept > 0 {
        return Err(Error::NotAllImported {
            kept,
            of: fates.len(),
        });
    }
    Ok(())
}

/// What a file says, and where that was, for what is wrong in it.
pub(super) fn read(file: &Path) -> Result<(PathBuf, String), Error> {
    if file == Path::new("-") {
        let mut text = String::new();
        io::stdin()
            .lock()
            .read_to_string(&mut text)
            .map_err(Error::Input)?;
        return Ok((PathBuf::from("standard input"), text));
    }
    let text = std::fs::read_to_string(file).map_err(|error| {
        let name = file.display();
        Error::Usage(format!("{name} cannot be read ({})", error.kind()))
    })?;
    Ok((file.to_owned(), text))
}

/// Refuses a file that has nothing to take over.
pub(super) fn any<T>(found: &[T], place: &Path, kind: &str) -> Result<(), Error> {
    if found.is_empty() {
        let place = place.display();
        return Err(Error::Usage(format!("there is no {kind} in {place}")));
    }
    Ok(())
}

/// Those of these names, or all where none is said.
pub(super) fn wanted<'a, T>(
    all: &'a [T],
    names: &[String],
    kind: &str,
    name_of: impl Fn(&T) -> &str,
) -> Result<Vec<&'a T>, Error> {
    if names.is_empty() {
        return Ok(all.iter().collect());
    }
    let find = |name: &String| {
        let found = all.iter().find(|it| name_of(it) == name);
        found.ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(&name_of).collect();
            let known = if known.is_empty() {
                "none yet".to_owned()
            } else {
                known.join(", ")
            };
            Error::Usage(format!("there is no {kind} {name:?}; there is {known}"))
        })
    };
    names.iter().map(find).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_another_is_kept_unless_it_shall_be_replaced() {
        let table = [
            (None, false, Fate::New),
            (None, true, Fate::New),
            (Some(true), true, Fate::AlreadySo),
            (Some(false), false, Fate::Kept),
            (Some(false), true, Fate::Replaced),
        ];
        for (known, replace, expected) in table {
            assert_eq!(fate(known, replace), expected);
        }
    }

    #[test]
    fn a_name_that_is_none_is_said_with_those_there_are() {
        let all = ["refund", "thanks"];
        let found = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|it| (*it).to_owned()).collect();
            wanted(&all, &names, "macro", |it| it).map_err(|error| error.to_string())
        };
        assert_eq!(found(&[]).unwrap(), [&"refund", &"thanks"]);
        assert_eq!(found(&["thanks"]).unwrap(), [&"thanks"]);
        assert_eq!(
            found(&["thank"]).unwrap_err(),
            "there is no macro \"thank\"; there is refund, thanks"
        );
    }
}
