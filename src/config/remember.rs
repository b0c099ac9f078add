//! Writes single settings into the configuration file, and leaves the rest of it as it is.

use super::ConfigError;
use frontdesk_ui::macros::Macro;
use std::io::{self, Write as _};
use std::path::Path;
use toml_edit::{DocumentMut, value};

/// Puts these settings into the file, which is made when it is not there. Whoever reads it
/// meanwhile finds it as it was or as it is, never half of it.
///
/// # Errors
/// When the file is no TOML or cannot be written.
pub fn remember(path: &Path, settings: &[(&str, &str)]) -> Result<(), ConfigError> {
    change(path, |text| with(text, settings))
}

/// Puts recorded keys under a name into the file, in the same way.
///
/// # Errors
/// When the file is no TOML or cannot be written.
pub fn remember_keys(path: &Path, name: &str, keys: &str) -> Result<(), ConfigError> {
    change(path, |text| {
        let mut document: DocumentMut = text.parse()?;
        document["recorded"].or_insert(toml_edit::table())[name] = value(keys);
        Ok(document.to_string())
    })
}

/// Puts macros into the file, each in the place of that of the same name, if there is one.
///
/// # Errors
/// When the file is no TOML or cannot be written.
pub fn remember_macros(path: &Path, macros: &[&Macro]) -> Result<(), ConfigError> {
    change(path, |text| {
        let mut document: DocumentMut = text.parse()?;
        super::carried::put_macros(&mut document, macros);
        Ok(document.to_string())
    })
}

fn change(
    path: &Path,
    how: impl FnOnce(&str) -> Result<String, toml_edit::TomlError>,
) -> Result<(), ConfigError> {
    let failed = |what: String| ConfigError {
        place: path.display().to_string(),
        line: None,
        what,
        hint: Some("check the path and who may write there".to_owned()),
    };
    let before = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            return Err(failed(format!(
                "the file cannot be read ({})",
                error.kind()
            )));
        }
    };
    let after = how(&before).map_err(|error| failed(error.message().to_owned()))?;
    write(path, &after)
        .map_err(|error| failed(format!("the file cannot be written ({})", error.kind())))
}

/// The text with these settings in it.
fn with(text: &str, settings: &[(&str, &str)]) -> Result<String, toml_edit::TomlError> {
    let mut document: DocumentMut = text.parse()?;
    for (name, text) in settings {
        document[name] = value(*text);
    }
    Ok(document.to_string())
}

/// Writes a file whole: who reads it meanwhile finds the old one or the new one.
pub(super) fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_changed_where_they_stand_and_all_else_stays() {
        let text = "# mine\ntheme = \"ink\" # dark\n\n[keys.list]\n\"s\" = \"snooze\"\n";
        let changed = with(text, &[("theme", "paper"), ("glyphs", "ascii")]).unwrap();
        assert!(changed.starts_with("# mine\ntheme = \"paper\""));
        let keys = changed.find("[keys.list]").unwrap();
        assert!(changed.find("glyphs = \"ascii\"").unwrap() < keys);
        assert!(changed.ends_with("\"s\" = \"snooze\"\n"));
    }

    #[test]
    fn recorded_keys_are_kept_by_their_names() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(&path, "theme = \"ink\" # dark\n").unwrap();
        remember_keys(&path, "storm", "x e").unwrap();
        remember_keys(&path, "to do", "t").unwrap();
        remember_keys(&path, "storm", "x x").unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(
            text,
            "theme = \"ink\" # dark\n\n[recorded]\nstorm = \"x x\"\n\"to do\" = \"t\"\n"
        );
    }

    #[test]
    fn macros_come_in_the_place_of_those_of_the_same_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        let before = "theme = \"ink\" # dark\n\n[macros.refund]\nreply = \"Hi.\" # short\n\n\
                      [macros.rest]\ndo = [\"done\"]\n";
        std::fs::write(&path, before).unwrap();
        let text = "[macros.refund]\ndo = [\"tag refund\"]\n[macros.later]\ndo = [\"snooze 3d\"]\n";
        let new = super::super::macros_of(&path, text).unwrap();
        remember_macros(&path, &new.iter().collect::<Vec<_>>()).unwrap();
        let after = std::fs::read_to_string(&path).unwrap();
        assert!(after.starts_with("theme = \"ink\" # dark\n"), "{after}");
        let held = super::super::macros_of(&path, &after).unwrap();
        let said: Vec<String> = held
            .iter()
            .map(|it| format!("{} {}", it.name, it.in_words()))
            .collect();
        assert_eq!(said, ["refund tag refund", "rest done", "later snooze 3d"]);
    }

    #[test]
    fn a_file_that_is_not_there_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deeper/config.toml");
        remember(&path, &[("theme", "mono")]).unwrap();
        remember(&path, &[("theme", "ink")]).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "theme = \"ink\"\n");
    }

    #[test]
    fn a_broken_file_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(&path, "theme = ").unwrap();
        assert!(remember(&path, &[("theme", "ink")]).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "theme = ");
    }
}
