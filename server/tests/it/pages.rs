//! Completions, manual pages and the files below `deploy/` are those of this program.

use frontdesk_testkit::Shell;
use std::collections::BTreeSet;
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

/// The files that start the server somewhere.
const STARTERS: [&str; 5] = [
    "Dockerfile",
    "compose.yaml",
    "compose.postgres.yaml",
    "frontdesk.service",
    "frontdesk-backup.service",
];

/// The variable of every key, as the example of a configuration lists them.
fn variables() -> BTreeSet<String> {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("config.example.toml");
    let mut section = String::new();
    let mut all = BTreeSet::new();
    for line in std::fs::read_to_string(example).unwrap().lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = format!("{}_", name.trim_end_matches(']'));
        } else if let Some((key, _)) = line.trim_start_matches("# ").split_once(" = ") {
            all.insert(format!("FRONTDESK_{section}{key}").to_uppercase());
        }
    }
    all
}

#[test]
fn what_starts_the_server_sets_variables_that_it_reads() {
    let known = variables();
    for file in STARTERS {
        let text = std::fs::read_to_string(deploy().join(file)).unwrap();
        let words = text.split(|letter: char| !letter.is_ascii_uppercase() && letter != '_');
        let named: Vec<&str> = words
            .filter(|word| word.starts_with("FRONTDESK_"))
            .collect();
        assert!(!named.is_empty(), "{file}");
        for name in named {
            assert!(known.contains(name), "{file} sets {name}");
        }
    }
}

#[test]
fn what_looks_after_an_image_is_a_command_that_there_is() {
    let text = std::fs::read_to_string(deploy().join("Dockerfile")).unwrap();
    let mut commands = 0;
    for line in text.lines().map(str::trim) {
        let Some(words) = line.strip_prefix("CMD ") else {
            continue;
        };
        let words: Vec<String> = serde_json::from_str(words).unwrap();
        let words = words.iter().map(String::as_str);
        let words: Vec<&str> = words.filter(|word| !word.starts_with('/')).collect();
        let said = Shell::new().run(&[&words[..], &["--help"]].concat());
        assert_eq!(said.code, 0, "{line}: {}", said.err);
        let flags = words.iter().filter(|word| word.starts_with("--"));
        for flag in flags {
            assert!(said.out.contains(flag), "{line}: there is no {flag}");
        }
        commands += 1;
    }
    assert_eq!(commands, 2);
}

#[test]
fn an_image_is_built_with_the_compiler_that_is_asked_for() {
    let root = deploy().join("..");
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let asked = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = "));
    let asked = asked.unwrap().trim_matches('"');
    let text = std::fs::read_to_string(deploy().join("Dockerfile")).unwrap();
    assert!(text.contains(&format!("FROM rust:{asked}-")), "{asked}");
}
