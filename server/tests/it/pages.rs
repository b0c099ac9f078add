//! Completions, manual pages and the files below `deploy/` are those of this program.

use frontdesk_testkit::Shell;
use std::path::{Path, PathBuf};

fn deploy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy")
}

#[test]
fn manual_pages_are_fresh() {
    let shell = Shell::new();
    let made = shell.folder.path().join("man");
    shell.ok(&["man", "--into", made.to_str().unwrap()]);
    let mut count = 0;
    for page in std::fs::read_dir(&made).unwrap() {
        let page = page.unwrap().path();
        let kept = deploy().join("man").join(page.file_name().unwrap());
        let kept = std::fs::read_to_string(kept).unwrap_or_default();
        let hint = "cargo xtask pages writes it";
        assert!(
            kept == std::fs::read_to_string(&page).unwrap(),
            "{}: {hint}",
            page.display()
        );
        count += 1;
    }
    assert!(count > 20);
}

#[test]
fn completions_are_fresh() {
    let shell = Shell::new();
    for (name, file) in [
        ("bash", "frontdesk-server.bash"),
        ("zsh", "_frontdesk-server"),
        ("fish", "frontdesk-server.fish"),
    ] {
        let made = shell.ok(&["completions", name]).out;
        let kept = std::fs::read_to_string(deploy().join("completions").join(file));
        assert!(
            kept.unwrap_or_default() == made,
            "{file}: cargo xtask pages writes it"
        );
    }
}

/// Every source of the server, as one text.
fn sources(folder: &Path, text: &mut String) {
    for found in std::fs::read_dir(folder).unwrap() {
        let path = found.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            sources(&path, text);
        } else if path.extension().is_some_and(|end| end == "rs") {
            text.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn the_dashboard_and_the_alarms_name_metrics_that_there_are() {
    let mut written = String::new();
    for folder in ["src", "db/src", "jobs/src"] {
        sources(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            &mut written,
        );
    }
    for file in ["grafana-dashboard.json", "alerts.yaml"] {
        let text = std::fs::read_to_string(deploy().join(file)).unwrap();
        let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        let named =
            words.filter(|word| word.starts_with("frontdesk_") || word.starts_with("process_"));
        let mut count = 0;
        for name in named {
            let ends = ["_bucket", "_sum", "_count"];
            let bare = ends
                .iter()
                .find_map(|end| name.strip_suffix(end))
                .unwrap_or(name);
            let counted = ["counter", "gauge", "histogram"]
                .iter()
                .any(|kind| written.contains(&format!("{kind}!(\"{bare}\"")));
            assert!(counted, "{file} names {name}");
            count += 1;
        }
        assert!(count > 2, "{file}");
    }
}
