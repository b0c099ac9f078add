//! The commands as a person at a shell meets them: each test runs the program itself.

use frontdesk_testkit::Shell;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

#[test]
fn init_makes_a_desk_for_its_owner_alone() {
    let shell = Shell::new();
    let said = shell.init(&["--inbox", "Website", "--time-zone", "Europe/Berlin"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(said.after("account").len(), 36);
    assert_eq!(said.after("admin"), "1 ada@acme.test");
    assert_eq!(mode(&shell.data()), 0o700);
    for file in std::fs::read_dir(shell.data()).unwrap() {
        let path = file.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    assert!(shell.data().join("secret.key").exists());
    let inboxes = shell.ok(&["inbox", "list"]).out;
    assert!(
        inboxes.contains("Website") && inboxes.contains("primary"),
        "{inboxes}"
    );
}

#[test]
fn init_makes_a_second_account_only_when_asked_to() {
    let shell = Shell::with_account();
    let again = shell.init(&[]);
    assert_eq!(again.code, 64);
    assert!(
        again.err.contains("there is an account already\n  hint: "),
        "{}",
        again.err
    );
    let taken = shell.init(&["--another"]);
    assert_eq!(taken.code, 1);
    assert!(
        taken
            .err
            .contains("somebody has this e-mail address already"),
        "{}",
        taken.err
    );
    let arguments = [
        "init",
        "--another",
        "--account",
        "Other",
        "--email",
        "bob@other.test",
        "--password-stdin",
    ];
    assert_eq!(shell.with_input(&arguments, "correct horse\n").code, 0);
    let which = shell.run(&["user", "list"]);
    assert_eq!(which.code, 64);
    assert!(
        which.err.contains("--account") && which.err.contains("Other"),
        "{}",
        which.err
    );
    assert!(
        shell
            .ok(&["user", "list", "--account", "Other"])
            .out
            .contains("bob@other.test")
    );
}

#[test]
fn init_says_what_is_missing_or_wrong() {
    let shell = Shell::new();
    let missing = shell.run(&["init", "--account", "Acme"]);
    assert_eq!(missing.code, 64);
    assert!(
        missing.err.contains("--email ADDRESS, --password-stdin"),
        "{}",
        missing.err
    );
    let short = shell.with_input(
        &[
            "init",
            "--account",
            "A",
            "--email",
            "a@a.test",
            "--password-stdin",
        ],
        "short\n",
    );
    assert!(
        short
            .err
            .contains("password should be at least 8 character(s)"),
        "{}",
        short.err
    );
    let zone = shell.init(&["--time-zone", "Mars/Olympus"]);
    assert!(zone.err.contains("there is no time zone"), "{}", zone.err);
    let address = shell.with_input(
        &[
            "init",
            "--account",
            "A",
            "--email",
            "nobody",
            "--password-stdin",
        ],
        "correct horse\n",
    );
    assert!(
        address.err.contains("email has invalid format"),
        "{}",
        address.err
    );
}

#[test]
fn users_come_change_and_go() {
    let shell = Shell::with_account();
    let password = shell.folder.path().join("password");
    std::fs::write(&password, "battery staple\n").unwrap();
    let file = password.to_str().unwrap();
    let add = [
        "user",
        "add",
        "bob@acme.test",
        "--role",
        "viewer",
        "--name",
        "Bob",
    ];
    let added = shell.run(&[&add[..], &["--password-file", file]].concat());
    assert_eq!(
        (added.code, added.out.trim()),
        (0, "added user 2"),
        "{}",
        added.err
    );
    shell.ok(&["user", "role", "bob@acme.test", "member"]);
    let listed = shell.ok(&["user", "list"]).out;
    let bob = listed
        .lines()
        .find(|line| line.contains("bob@acme.test"))
        .unwrap();
    assert!(
        bob.contains("member") && bob.contains("active") && bob.ends_with("Bob"),
        "{bob}"
    );
    shell.ok(&["user", "disable", "2"]);
    assert!(shell.ok(&["user", "list"]).out.contains("disabled"));
    shell.ok(&["user", "enable", "2"]);
    shell.ok(&["user", "password", "2", "--password-file", file]);
    let last = shell.run(&["user", "disable", "ada@acme.test"]);
    assert_eq!(last.code, 1);
    assert!(
        last.err.contains("the account needs an active admin"),
        "{}",
        last.err
    );
    let nobody = shell.run(&["user", "disable", "nobody@acme.test"]);
    assert!(
        nobody
            .err
            .contains("there is no user nobody@acme.test\n  hint:"),
        "{}",
        nobody.err
    );
    assert_eq!(shell.run(&["user", "role", "2", "king"]).code, 64);
}

#[test]
fn keys_are_shown_once() {
    let shell = Shell::with_account();
    let made = shell.ok(&[
        "key", "new", "--user", "1", "--name", "Nightly", "--scope", "write",
    ]);
    let token = made.out.lines().last().unwrap().to_owned();
    assert_eq!(token.len(), 43, "{}", made.out);
    let listed = shell.ok(&["key", "list"]).out;
    assert!(!listed.contains(&token));
    assert!(
        listed.contains(&format!("…{}", &token[39..])) && listed.contains("write"),
        "{listed}"
    );
    let id = listed
        .lines()
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned();
    shell.ok(&["key", "revoke", &id]);
    assert_eq!(shell.ok(&["key", "list"]).out.lines().count(), 1);
    assert!(shell.run(&["key", "revoke", &id]).err.contains("not found"));
    let bad = shell.run(&[
        "key",
        "new",
        "--user",
        "1",
        "--name",
        "x",
        "--expires",
        "soon",
    ]);
    assert_eq!(bad.code, 64);
    assert!(bad.err.contains("90 days"), "{}", bad.err);
}

#[test]
fn inboxes_and_their_identity_secrets() {
    let shell = Shell::with_account();
    shell.ok(&["inbox", "add", "Shop"]);
    shell.ok(&["inbox", "primary", "Shop"]);
    let listed = shell.ok(&["inbox", "list"]).out;
    assert_eq!(listed.matches("primary").count(), 1, "{listed}");
    let none = shell.run(&["inbox", "require-identity", "Shop", "on"]);
    assert!(none.err.contains("no identity secret"), "{}", none.err);
    let made = shell.ok(&["inbox", "identity-secret", "Shop", "new"]);
    assert_eq!(made.out.lines().last().unwrap().len(), 43);
    shell.ok(&["inbox", "require-identity", "Shop", "on"]);
    assert!(shell.ok(&["inbox", "list"]).out.contains("required"));
    shell.ok(&["inbox", "identity-secret", "Shop", "off"]);
    assert!(!shell.ok(&["inbox", "list"]).out.contains("required"));
}

#[test]
fn a_folder_in_use_is_left_alone_but_may_be_read() {
    let shell = Shell::with_account();
    let _server = frontdesk_server::lock::FolderLock::take(&shell.data()).unwrap();
    let refused = shell.run(&["inbox", "add", "Shop"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("is working in") && refused.err.contains("hint: stop it first"));
    assert!(shell.ok(&["user", "list"]).out.contains("ada@acme.test"));
}

#[test]
fn a_bad_configuration_ends_with_64_and_says_where() {
    let shell = Shell::new();
    let file = shell.folder.path().join("desk.toml");
    std::fs::write(&file, "# mine\n[limits]\nbodi = \"2 MiB\"\n").unwrap();
    let said = shell.run(&["--config", file.to_str().unwrap(), "config", "check"]);
    assert_eq!(said.code, 64);
    let wanted = "desk.toml line 3: there is no key limits.bodi\n  hint: did you mean limits.body?";
    assert!(said.err.contains(wanted), "{}", said.err);
    let canary = [
        "--database",
        "postgres://desk:canary@localhost/desk",
        "config",
        "check",
    ];
    let shown = shell.ok(&canary).out;
    assert!(
        shown.contains("@localhost/desk") && !shown.contains("canary"),
        "{shown}"
    );
    assert_eq!(shell.run(&["--set", "grace", "config", "check"]).code, 64);
    assert_eq!(shell.run(&["nonsense"]).code, 64);
    let example = shell.ok(&["config", "example"]).out;
    assert_eq!(example, frontdesk_server::config::EXAMPLE);
}

#[test]
fn an_exposed_key_file_is_refused() {
    let shell = Shell::with_account();
    let key = shell.data().join("secret.key");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let said = shell.run(&["user", "list"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("hint: chmod 600"), "{}", said.err);
}

#[test]
fn an_example_desk_is_for_empty_servers() {
    let shell = Shell::new();
    let made = shell.ok(&["seed", "--conversations", "5"]);
    assert!(made.after("sign in with").contains('@'), "{}", made.out);
    let again = shell.run(&["seed"]);
    assert_eq!(again.code, 1);
    assert!(
        again.err.contains("hint: use another data folder"),
        "{}",
        again.err
    );
}

#[test]
fn an_import_says_what_it_brought() {
    let shell = Shell::with_account();
    let folder = shell.folder.path().join("history");
    std::fs::create_dir(&folder).unwrap();
    let missing = shell.run(&["import", folder.to_str().unwrap()]);
    assert_eq!(missing.code, 1);
    assert!(missing.err.contains("cannot read") && missing.err.contains("history"));
    let nowhere = shell.run(&["import", folder.to_str().unwrap(), "--into", "Nobody"]);
    assert_eq!(nowhere.code, 64);
}
