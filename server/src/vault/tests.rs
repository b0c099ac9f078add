//! Sealing, opening, and everything that must not open.

use super::*;
use crate::config::key_file::KeyRing;
use frontdesk_db::queries::sealed::IDENTITY_SECRET;

fn home(account_id: AccountId, row: Uuid) -> Home {
    Home {
        column: &IDENTITY_SECRET,
        account_id,
        row,
    }
}

fn somewhere() -> Home {
    home(AccountId::random(), Uuid::new_v4())
}

#[test]
fn what_is_sealed_opens_in_its_place_only() {
    let vault = Vault::with(KeyRing::random());
    let here = somewhere();
    let secret = Secret::new("canary-secret");
    let sealed = vault.seal(&here, &secret);
    assert_eq!(vault.open(&here, &sealed), Ok(secret.clone()));
    let clear = sealed.windows(6).any(|part| part == b"canary");
    assert!(!clear);
    let elsewhere = [
        home(AccountId::random(), here.row),
        home(here.account_id, Uuid::new_v4()),
    ];
    for there in elsewhere {
        assert_eq!(vault.open(&there, &sealed), Err(Unreadable::Damaged));
    }
    assert_ne!(vault.seal(&here, &secret), sealed, "a nonce is used once");
}

#[test]
fn one_changed_byte_opens_nothing() {
    let vault = Vault::with(KeyRing::random());
    let here = somewhere();
    let sealed = vault.seal(&here, &Secret::new("x"));
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(vault.open(&here, &changed).is_err(), "byte {at}");
        assert!(vault.open(&here, &sealed[..at]).is_err(), "cut at {at}");
    }
}

#[test]
fn another_key_is_said_to_be_missing() {
    let here = somewhere();
    let sealed = Vault::with(KeyRing::random()).seal(&here, &Secret::new("x"));
    let other = Vault::with(KeyRing::random());
    assert_eq!(other.open(&here, &sealed), Err(Unreadable::KeyMissing));
}

#[test]
fn an_older_key_still_opens() {
    let here = somewhere();
    let old = KeyRing::random();
    let sealed = Vault::with(old.clone()).seal(&here, &Secret::new("x"));
    let both = Vault::with(old.with_new());
    assert_eq!(both.open(&here, &sealed), Ok(Secret::new("x")));
    let anew = both.seal(&here, &Secret::new("x"));
    let without = Vault::with(old);
    assert_eq!(without.open(&here, &anew), Err(Unreadable::KeyMissing));
}

#[test]
fn secrets_and_keys_do_not_show_themselves() {
    let vault = Vault::with(KeyRing::random());
    let shown = format!("{:?} {:?}", Secret::new("canary"), vault);
    assert!(
        !shown.contains("canary") && !shown.contains("99"),
        "{shown}"
    );
    assert_eq!(format!("{:?}", Secret::new("canary")), "Secret(…)");
}
