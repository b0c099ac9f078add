//! What is said when something is wrong, and the codes it ends with.

use crate::bed::{Bed, Ran, command};
use std::fs;
use tempfile::TempDir;

fn run(home: &TempDir, args: &[&str]) -> Ran {
    Ran::of(&command(home.path(), args).output().unwrap())
}

#[test]
fn a_bad_configuration_is_located_and_ends_with_64() {
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("config.toml"), "\ncolour = \"never\"\n").unwrap();
    let ran = run(&home, &["ls"]);
    assert_eq!(ran.code, 64);
    assert!(
        ran.err
            .contains("config.toml line 2: there is no key colour"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("hint: did you mean color?"), "{}", ran.err);
}

#[test]
fn a_wrong_command_line_ends_with_2() {
    let home = TempDir::new().unwrap();
    for args in [&["lss"][..], &["ls", "--mine", "--unassigned"], &["login"]] {
        let ran = run(&home, args);
        assert_eq!(ran.code, 2, "{args:?} {ran:?}");
    }
}

#[test]
fn no_password_goes_over_an_open_line() {
    let home = TempDir::new().unwrap();
    let args = [
        "login",
        "--server",
        "http://desk.example",
        "--email",
        "a@b.c",
        "--password-stdin",
    ];
    let ran = run(&home, &args);
    assert_eq!(ran.code, 3);
    assert!(
        ran.err.contains("http://desk.example is not this machine"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("--insecure-http"), "{}", ran.err);
}

#[test]
fn a_server_that_is_not_there_ends_with_4() {
    let mut bed = Bed::signed_in();
    bed.stop_server();
    let ran = bed.run(&["ls"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(
        ran.err.contains("the server cannot be reached"),
        "{}",
        ran.err
    );
}
