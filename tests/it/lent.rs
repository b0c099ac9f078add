//! A token that stands in for a sign-in.

use crate::bed::{Bed, Ran, command};
use crate::window::Window;
use std::fs;
use std::process::Command;
use tempfile::TempDir;

/// The access token of whoever is signed in.
fn token(bed: &Bed) -> String {
    let kept = fs::read(bed.home.path().join("tokens.json")).unwrap();
    let kept: serde_json::Value = serde_json::from_slice(&kept).unwrap();
    let pair = kept.as_object().unwrap().values().next().unwrap();
    pair["access"].as_str().unwrap().to_owned()
}

fn ran(command: &mut Command) -> Ran {
    Ran::of(&command.output().unwrap())
}

#[test]
fn a_token_by_variable_needs_no_sign_in_and_keeps_apart() {
    let bed = Bed::signed_in();
    let token = token(&bed);
    let home = TempDir::new().unwrap();
    let with = |args: &[&str], token: &str| {
        let mut it = command(home.path(), args);
        it.env("FRONTDESK_SERVER", &bed.server);
        ran(it.env("FRONTDESK_TOKEN", token))
    };
    let listed = with(&["ls"], &token);
    assert_eq!(listed.code, 0, "{listed:?}");
    assert!(listed.out.contains('#'), "{}", listed.out);
    let looked = with(&["doctor"], &token);
    assert!(
        looked.out.contains("lent by FRONTDESK_TOKEN"),
        "{}",
        looked.out
    );
    let there: Vec<_> = fs::read_dir(home.path().join("lent")).unwrap().collect();
    assert_eq!(there.len(), 1);
    assert!(!home.path().join("cache.db").exists());
    assert!(!home.path().join("tokens.json").exists());

    let wrong = with(&["ls"], "nonsense");
    assert_eq!(wrong.code, 3, "{wrong:?}");
    assert!(
        wrong.err.contains("the server does not take the token"),
        "{}",
        wrong.err
    );
    assert!(!wrong.err.contains("nonsense"), "{}", wrong.err);
    let out = with(&["logout"], &token);
    assert_eq!(out.code, 2, "{out:?}");
    assert!(
        out.err.contains("there is no sign-in to end"),
        "{}",
        out.err
    );
}

#[test]
fn a_desk_that_was_lent_opens_without_its_server() {
    let mut bed = Bed::signed_in();
    let token = token(&bed);
    let home = TempDir::new().unwrap();
    let server = bed.server.clone();
    let open = |token: &str| {
        let lent = [
            ("FRONTDESK_SERVER", server.as_str()),
            ("FRONTDESK_TOKEN", token),
        ];
        Window::open_with(home.path(), &[], &lent, 120, 35)
    };
    let window = open(&token);
    window.wait_for("● live");
    window.leave();
    bed.stop_server();
    let window = open(&token);
    window.wait_for("offline");
    window.wait_for("Inbox");
    window.leave();
    // Whose another token is, nobody but the server can say.
    let mut window = open("another");
    window.wait_for("the server cannot be reached");
    assert_ne!(window.ended(), 0);
}

#[test]
fn a_command_lends_a_token_and_says_where_it_stands_when_it_does_not() {
    let bed = Bed::signed_in();
    let home = TempDir::new().unwrap();
    let kept = home.path().join("the token");
    fs::write(&kept, format!("{}\nfor the bench\n", token(&bed))).unwrap();
    let configured = |line: &str| {
        let text = format!("server = \"{}\"\n{line}\n", bed.server);
        fs::write(home.path().join("config.toml"), text).unwrap();
        ran(&mut command(home.path(), &["ls"]))
    };
    let listed = configured(&format!(
        "token_command = \"/bin/cat '{}'\"",
        kept.display()
    ));
    assert_eq!(listed.code, 0, "{listed:?}");
    let failed = configured("token_command = \"/bin/false\"");
    assert_eq!(failed.code, 64, "{failed:?}");
    let words = "config.toml line 2: token_command: it ended with an error";
    assert!(failed.err.contains(words), "{}", failed.err);
    let open = configured("token_command = \"cat 'x\"");
    assert_eq!(open.code, 64, "{open:?}");
    assert!(
        open.err.contains("line 2: token_command must be a command"),
        "{}",
        open.err
    );
}

#[test]
fn a_token_is_not_sent_to_a_server_nobody_named() {
    let home = TempDir::new().unwrap();
    let lost = ran(command(home.path(), &["ls"]).env("FRONTDESK_TOKEN", "abc"));
    assert_eq!(lost.code, 64, "{lost:?}");
    assert!(lost.err.contains("FRONTDESK_SERVER"), "{}", lost.err);
}
