//! One's own second factor from the command line: set up, shown, renewed and given up.

use crate::bed::{Bed, command};
use frontdesk_server::seed::{EMAIL, PASSWORD};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::ChildStderr;
use totp_rs::{Builder, Secret, Totp};

/// An authenticator app that was told this secret.
fn app(secret: &str) -> Totp {
    let secret = Secret::try_from_base32(secret).unwrap();
    Builder::new().with_secret(secret).build().unwrap()
}

fn next_code(app: &Totp) -> String {
    app.generate(app.next_step_current()).to_string()
}

/// What follows a word at the beginning of a line that is said.
fn told(said: &mut BufReader<ChildStderr>, word: &str) -> String {
    let mut line = String::new();
    loop {
        line.clear();
        assert_ne!(said.read_line(&mut line).unwrap(), 0, "no {word}");
        if let Some(text) = line.strip_prefix(word) {
            return text.trim().to_owned();
        }
    }
}

/// Sets an app up; it, what was printed, and what was said after the app was told of.
fn switch_on(bed: &Bed) -> (Totp, String, String) {
    let args = ["second-factor", "on", "--password-stdin"];
    let mut child = command(bed.home.path(), &args).spawn().unwrap();
    let mut typed = child.stdin.take().unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    writeln!(typed, "{PASSWORD}").unwrap();
    let secret = told(&mut said, "Secret:");
    let address = told(&mut said, "Address:");
    assert!(address.starts_with("otpauth://totp/"), "{address}");
    assert!(address.contains(&secret), "{address}");
    let app = app(&secret);
    // A slip of the fingers is no end.
    writeln!(typed, "000000\n{}", app.generate_current()).unwrap();
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{rest}");
    (app, String::from_utf8(done.stdout).unwrap(), rest)
}

#[test]
fn it_is_set_up_shown_renewed_and_given_up() {
    let bed = Bed::signed_in();
    let alone = format!("{EMAIL} signs in with a password alone.\n");
    assert_eq!(bed.out(&["second-factor"]), alone);

    let (app, codes, said) = switch_on(&bed);
    assert!(said.contains("is wrong or was used already"), "{said}");
    assert!(said.contains("They are not shown again"), "{said}");
    // The codes alone are printed, so that they may go to a file.
    assert_eq!(codes.lines().count(), 10, "{codes}");
    let shown = bed.out(&["second-factor", "show"]);
    assert!(
        shown.contains("and a code. 10 recovery codes are left"),
        "{shown}"
    );
    let json = bed.out(&["second-factor", "show", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["enabled"], true);
    let second = bed.run_with(
        &["second-factor", "on", "--password-stdin"],
        &format!("{PASSWORD}\n"),
    );
    assert_eq!(second.code, 3, "{second:?}");
    assert!(second.err.contains("already"), "{}", second.err);

    let renewed = bed.run_with(&["second-factor", "codes"], &next_code(&app));
    assert_eq!(renewed.code, 0, "{renewed:?}");
    assert_eq!(renewed.out.lines().count(), 10);
    let old = codes.lines().next().unwrap();
    let refused = bed.run_with(&["second-factor", "off"], old);
    assert_eq!(refused.code, 3, "{refused:?}");
    let nobody = bed.run(&["second-factor", "off"]);
    assert_eq!(nobody.code, 2, "{nobody:?}");
    assert!(nobody.err.contains("nothing is changed"), "{}", nobody.err);
    let code = renewed.out.lines().next().unwrap();
    let off = bed.run_with(&["second-factor", "off"], code);
    assert_eq!(off.code, 0, "{off:?}");
    assert_eq!(bed.out(&["second-factor"]), alone);
    assert_eq!(bed.sign_in(EMAIL, PASSWORD).code, 0);
}

#[test]
fn a_wrong_password_sets_nothing_up() {
    let bed = Bed::signed_in();
    let ran = bed.run_with(
        &["second-factor", "on", "--password-stdin"],
        "a guess of mine\n",
    );
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("password is wrong"), "{}", ran.err);
    assert!(!ran.err.contains("otpauth"), "{}", ran.err);
}

#[test]
fn a_token_that_is_lent_is_told_so() {
    let bed = Bed::signed_in();
    let desk = bed.api(EMAIL);
    let mut it = command(bed.home.path(), &["second-factor"]);
    it.env("FRONTDESK_SERVER", &bed.server);
    let ran = it.env("FRONTDESK_TOKEN", &desk.token).output().unwrap();
    assert_eq!(ran.status.code(), Some(2));
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(said.contains("a token that is lent"), "{said}");
}
