//! `frontdesk config`.

use crate::bed::{Ran, command};
use std::fs;
use tempfile::TempDir;

fn run(home: &TempDir, args: &[&str]) -> Ran {
    Ran::of(&command(home.path(), args).output().unwrap())
}

#[test]
fn everything_that_is_wrong_is_said_with_its_line() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("config.toml");
    assert_eq!(run(&home, &["config", "check"]).code, 0);
    fs::write(&file, "theme = \"ink\"\n").unwrap();
    let ran = run(&home, &["config", "check"]);
    assert_eq!(ran.out, format!("{} is right.\n", file.display()));
    fs::write(&file, "colour = \"never\"\ntimeout_seconds = 0\n").unwrap();
    let ran = run(&home, &["config", "check"]);
    assert_eq!(ran.code, 64);
    for words in [
        "line 1: there is no key colour",
        "line 2: timeout_seconds must be",
    ] {
        assert!(ran.err.contains(words), "{}", ran.err);
    }
}

#[test]
fn what_is_wrong_is_mended_and_the_file_as_it_was_is_kept() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("config.toml");
    let ran = run(&home, &["config", "fix"]);
    assert!(ran.out.starts_with("There is no "), "{ran:?}");
    let before = "# mine\ncolour = \"never\"\ntimeout_seconds = 0 # soon\n";
    fs::write(&file, before).unwrap();
    let ran = run(&home, &["config", "fix", "--dry-run"]);
    assert!(ran.out.ends_with("Nothing was changed.\n"), "{ran:?}");
    assert_eq!(fs::read_to_string(&file).unwrap(), before);
    let ran = run(&home, &["config", "fix"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        "# mine\ncolor = \"never\"\n# timeout_seconds = 0 # soon\n"
    );
    let kept = home.path().join("config.toml.bak");
    assert_eq!(fs::read_to_string(kept).unwrap(), before);
    assert_eq!(run(&home, &["config", "check"]).code, 0);
}

#[test]
fn the_schema_can_be_had_whatever_the_file_says() {
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("config.toml"), "= broken").unwrap();
    let ran = run(&home, &["config", "schema"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let schema: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(schema["properties"]["timeout_seconds"]["type"], "integer");
}
