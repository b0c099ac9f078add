//! A desk that is backed up while its server runs, restored, and moved to PostgreSQL.

use frontdesk_testkit::{Engine, Shell, engines, fresh_postgres};
use std::fs;

/// A desk on an engine, with the flags that lead to it.
async fn place(engine: Engine) -> (Shell, Vec<String>) {
    let shell = Shell::new();
    let flags = match engine {
        Engine::Sqlite => Vec::new(),
        Engine::Postgres => vec!["--database".to_owned(), fresh_postgres().await],
    };
    let more: Vec<&str> = flags.iter().map(String::as_str).collect();
    assert_eq!(shell.init(&more).code, 0);
    (shell, flags)
}

#[tokio::test]
async fn a_running_desk_is_backed_up_and_restored() {
    for engine in engines() {
        let (shell, flags) = place(engine).await;
        let more: Vec<&str> = flags.iter().map(String::as_str).collect();
        let server = shell.serve(&more);
        let backup = shell.folder.path().join("desk.tar");
        let restored = shell.folder.path().join("restored");
        let (file, into) = (backup.to_str().unwrap(), restored.to_str().unwrap());
        let made = shell.ok(&[&["backup", file], &more[..]].concat());
        assert!(made.out.contains("not in it  secret.key"), "{}", made.out);
        assert_eq!(server.stop().0, Some(0));
        let again = shell.run(&[&["backup", file], &more[..]].concat());
        assert_eq!(again.code, 1);
        assert!(
            again.err.contains("is there already\n  hint: "),
            "{}",
            again.err
        );
        let looked = shell.ok(&["restore", file, "--verify"]);
        assert!(looked.out.contains("all is well"), "{}", looked.out);
        assert!(!restored.exists());
        shell.ok(&["restore", file, "--into", into]);
        fs::copy(shell.data().join("secret.key"), restored.join("secret.key")).unwrap();
        fs::rename(shell.data(), shell.folder.path().join("old")).unwrap();
        fs::rename(&restored, shell.data()).unwrap();
        let users = shell.ok(&["user", "list"]).out;
        assert!(users.contains("ada@acme.test"), "{users}");
        let server = shell.serve(&[]);
        assert_eq!(server.stop().0, Some(0));
    }
}

#[tokio::test]
async fn a_desk_moves_to_postgres() {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    let shell = Shell::with_account();
    let url = fresh_postgres().await;
    let moving = ["migrate", "--to", &url];
    let server = shell.serve(&[]);
    let refused = shell.run(&moving);
    assert!(refused.err.contains("is working in"), "{}", refused.err);
    assert_eq!(server.stop().0, Some(0));
    let moved = shell.ok(&[&moving[..], &["--proof"]].concat());
    assert!(
        moved.out.contains("both sides hold the same"),
        "{}",
        moved.out
    );
    let users = shell.ok(&["user", "list", "--database", &url]).out;
    assert!(users.contains("ada@acme.test"), "{users}");
    let server = shell.serve(&["--database", &url]);
    assert_eq!(server.stop().0, Some(0));
    let again = shell.run(&moving);
    assert!(again.err.contains("there are accounts in"), "{}", again.err);
    assert!(!again.err.contains("secret"), "{}", again.err);
}

#[test]
fn commands_say_what_they_need() {
    let shell = Shell::new();
    let nothing = shell.run(&["backup", "desk.tar"]);
    assert_eq!(nothing.code, 64);
    assert!(
        nothing.err.contains("there is no desk in"),
        "{}",
        nothing.err
    );
    let nowhere = shell.run(&["migrate", "--to", "mysql://db/desk"]);
    assert!(
        nowhere.err.contains("--to needs postgres://"),
        "{}",
        nowhere.err
    );
    let missing = shell.run(&["restore", "/nonexistent.tar", "--verify"]);
    assert_eq!(missing.code, 1);
    assert!(missing.err.contains("/nonexistent"), "{}", missing.err);
    let into = shell.run(&["restore", "/nonexistent.tar"]);
    assert_eq!(into.code, 64);
}
