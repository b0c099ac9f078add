//! Completions and manual pages below `deploy/` are those of this program.

use crate::bed::command;
use std::path::{Path, PathBuf};

fn deploy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy")
}

#[test]
fn manual_pages_are_fresh() {
    let home = tempfile::tempdir().unwrap();
    let into = home.path().join("man");
    let said = command(home.path(), &["man", "--into", into.to_str().unwrap()]).output();
    assert!(said.unwrap().status.success());
    for page in std::fs::read_dir(&into).unwrap() {
        let page = page.unwrap().path();
        let kept = deploy().join("man").join(page.file_name().unwrap());
        let kept = std::fs::read_to_string(kept).unwrap_or_default();
        let made = std::fs::read_to_string(&page).unwrap();
        let name = page.display();
        assert!(kept == made, "{name}: cargo xtask pages writes it");
    }
}

#[test]
fn completions_are_fresh() {
    for (shell, file) in [
        ("bash", "frontdesk.bash"),
        ("zsh", "_frontdesk"),
        ("fish", "frontdesk.fish"),
    ] {
        let home = tempfile::tempdir().unwrap();
        let made = command(home.path(), &["completions", shell]).output();
        let kept = std::fs::read(deploy().join("completions").join(file));
        assert!(
            kept.unwrap_or_default() == made.unwrap().stdout,
            "{file}: cargo xtask pages writes it"
        );
    }
}
