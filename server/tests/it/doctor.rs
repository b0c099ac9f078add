//! The doctor on desks that are well, and on some that are not.

use frontdesk_testkit::Shell;
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;

/// What the doctor says of one thing.
fn verdict(shell: &Shell, name: &str) -> (String, String) {
    let said = shell.run(&["doctor", "--json", "--only", name]);
    let checks: Value = serde_json::from_str(&said.out).unwrap();
    let check = &checks[0];
    assert_eq!(check["what"], name);
    let text = |field: &str| check[field].as_str().unwrap().to_owned();
    (text("verdict"), text("words"))
}

#[test]
fn a_desk_that_is_well_is_said_to_be() {
    let shell = Shell::with_account();
    let said = shell.ok(&["doctor", "--set", "listen=127.0.0.1:0"]);
    for name in [
        "configuration",
        "folder",
        "key",
        "disk",
        "files",
        "database",
        "clock",
        "certificate",
        "port",
        "webhooks",
        "connections",
        "logins",
        "senders",
    ] {
        let line = said.out.lines().find(|line| line[6..].starts_with(name));
        let line = line.unwrap_or_else(|| panic!("{name}: {}", said.out));
        assert!(!line.starts_with("BAD"), "{line}");
    }
    let database = verdict(&shell, "database");
    assert!(
        database.1.contains("SQLite 3.") && database.1.contains("sound"),
        "{database:?}"
    );
}

#[test]
fn a_running_server_answers_at_its_port() {
    let shell = Shell::with_account();
    let server = shell.serve(&[]);
    let listen = server.url.replace("http://", "listen=");
    let asked = ["doctor", "--only", "port", "--strict", "--set", &listen];
    shell.ok(&asked);
    assert_eq!(server.stop().0, Some(0));
    let said = shell.run(&asked);
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(said.out.contains("nobody listens"), "{}", said.out);
}

#[test]
fn what_is_wrong_is_said_with_what_to_do() {
    let shell = Shell::new();
    let missing = shell.run(&["doctor", "--only", "folder"]);
    assert_eq!(missing.code, 1);
    assert!(
        missing.out.contains("to do: make a desk with"),
        "{}",
        missing.out
    );
    let shell = Shell::with_account();
    let open = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(shell.data(), open).unwrap();
    assert_eq!(verdict(&shell, "folder").0, "bad");
    std::fs::remove_file(shell.data().join("secret.key")).unwrap();
    assert_eq!(verdict(&shell, "key").0, "bad");
    assert!(!shell.data().join("secret.key").exists());
    std::fs::write(
        shell.data().join("frontdesk.sqlite3"),
        "no database at all, but long enough",
    )
    .unwrap();
    assert_eq!(verdict(&shell, "database").0, "bad");
    let unknown = shell.run(&["doctor", "--only", "weather"]);
    assert!(
        unknown.err.contains("must be one of folder, key"),
        "{}",
        unknown.err
    );
}
