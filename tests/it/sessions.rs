//! Signing in, staying signed in, signing out.

use crate::bed::{Bed, TOMAS};
use frontdesk_server::seed::{EMAIL, PASSWORD};
use serde_json::json;
use std::fs;
use totp_rs::Totp;

#[test]
fn signing_in_keeps_tokens_privately_and_says_so() {
    let bed = Bed::new();
    let ran = bed.sign_in(EMAIL, PASSWORD);
    assert_eq!(
        (ran.code, ran.out),
        (0, format!("Signed in at {} as {EMAIL}.\n", bed.server))
    );
    assert!(
        ran.err.contains("tokens.json, which only you can read"),
        "{}",
        ran.err
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        for entry in fs::read_dir(bed.home.path()).unwrap() {
            let path = entry.unwrap().path();
            let mode = path.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{}", path.display());
        }
    }
    let kept = fs::read_to_string(bed.tokens_file()).unwrap();
    assert!(kept.contains(&bed.server), "tokens belong to an address");
    assert!(!kept.contains(PASSWORD));
}

#[test]
fn a_wrong_password_is_refused_in_the_servers_words() {
    let bed = Bed::new();
    let ran = bed.sign_in(EMAIL, "not the password");
    assert_eq!(ran.code, 3);
    assert!(
        ran.err
            .starts_with("frontdesk: Invalid email or password\n"),
        "{}",
        ran.err
    );
    let ran = bed.run(&["ls"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("nobody is signed in"), "{}", ran.err);
    assert!(ran.err.contains("frontdesk login"), "{}", ran.err);
}

#[test]
fn a_dead_access_token_is_renewed_and_the_new_pair_kept() {
    let bed = Bed::signed_in();
    let before = fs::read_to_string(bed.tokens_file()).unwrap();
    let mut kept: serde_json::Value = serde_json::from_str(&before).unwrap();
    let pair = kept.as_object_mut().unwrap().values_mut().next().unwrap();
    let renew = pair["renew"].clone();
    pair["access"] = "gone".into();
    fs::write(bed.tokens_file(), kept.to_string()).unwrap();
    bed.out(&["ls"]);
    let after = fs::read_to_string(bed.tokens_file()).unwrap();
    assert!(!after.contains("gone"));
    assert!(
        !after.contains(renew.as_str().unwrap()),
        "a renew token works once"
    );
    bed.out(&["ls"]);
    assert_eq!(fs::read_to_string(bed.tokens_file()).unwrap(), after);
}

#[test]
fn a_session_that_is_over_says_how_to_go_on() {
    let bed = Bed::signed_in();
    let kept = fs::read_to_string(bed.tokens_file()).unwrap();
    let mut kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
    for pair in kept.as_object_mut().unwrap().values_mut() {
        *pair = serde_json::json!({ "access": "gone", "renew": "gone too" });
    }
    fs::write(bed.tokens_file(), kept.to_string()).unwrap();
    let ran = bed.run(&["ls"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("the session is over"), "{}", ran.err);
    assert!(ran.err.contains("frontdesk login"), "{}", ran.err);
}

#[test]
fn signing_out_ends_the_session_on_both_sides() {
    let bed = Bed::signed_in();
    let kept = fs::read_to_string(bed.tokens_file()).unwrap();
    assert_eq!(
        bed.out(&["logout"]),
        format!("Signed out {EMAIL} at {}.\n", bed.server)
    );
    assert_eq!(bed.run(&["ls"]).code, 3);
    assert_eq!(bed.run(&["logout"]).code, 3);
    // Whoever kept a copy has nothing.
    fs::write(bed.tokens_file(), kept).unwrap();
    assert_eq!(bed.run(&["ls"]).code, 3);
}

#[test]
fn wiping_leaves_nothing_of_any_server() {
    let bed = Bed::signed_in();
    bed.out(&["ls"]);
    bed.out(&["logout", "--wipe"]);
    let left: Vec<_> = fs::read_dir(bed.home.path())
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(bed.run(&["logout", "--wipe"]).code, 0);
}

/// An authenticator app that was told this secret.
fn app(secret: &str) -> Totp {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    totp_rs::Builder::new().with_secret(secret).build().unwrap()
}

#[test]
fn a_code_is_asked_for_where_it_is_wanted() {
    let bed = Bed::new();
    let desk = bed.api(EMAIL);
    let secret = bed.block_on(async {
        let password = json!({ "password": PASSWORD });
        let begun = desk.post("/api/second_factor", password).await.data(200);
        let secret = begun["secret"].as_str().unwrap().to_owned();
        let code = json!({ "code": app(&secret).generate_current().to_string() });
        desk.post("/api/second_factor/confirm", code).await.is(200);
        secret
    });
    let ran = bed.sign_in(EMAIL, PASSWORD);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("needs a code"), "{}", ran.err);
    assert!(ran.err.contains("frontdesk login"), "{}", ran.err);
    // The one of now was used.
    let app = app(&secret);
    let next = app.generate(app.next_step_current());
    let lines = format!("{PASSWORD}\n000000\n{next}");
    let ran = bed.sign_in(EMAIL, &lines);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("wrong or was used already"), "{}", ran.err);
    bed.out(&["ls"]);
}

#[test]
fn an_app_is_set_up_at_the_first_sign_in_where_it_is_required() {
    let bed = Bed::new();
    let desk = bed.api(EMAIL);
    bed.block_on(async {
        let password = json!({ "password": PASSWORD });
        let begun = desk.post("/api/second_factor", password).await.data(200);
        let app = app(begun["secret"].as_str().unwrap());
        let code = json!({ "code": app.generate_current().to_string() });
        desk.post("/api/second_factor/confirm", code).await.is(200);
        let required = json!({ "required": true });
        desk.put("/api/second_factor/rule", required).await.is(204);
    });
    let ran = bed.sign_in(TOMAS, PASSWORD);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("otpauth://totp/"), "{}", ran.err);
    let secret = ran
        .err
        .lines()
        .find_map(|line| line.strip_prefix("Secret:"));
    assert_eq!(secret.unwrap().trim().len(), 32, "{}", ran.err);
}
