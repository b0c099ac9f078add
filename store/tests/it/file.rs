//! What happens to the file.

use crate::bed::{Bed, somebody};
use frontdesk_store::{Store, StoreError};
use std::fs;
use std::io::{Seek as _, SeekFrom, Write as _};

#[test]
fn what_is_not_a_database_is_put_aside_and_made_anew() {
    let bed = Bed::new();
    fs::create_dir_all(bed.path().parent().unwrap()).unwrap();
    fs::write(bed.path(), "this is not a database ".repeat(100)).unwrap();
    for round in 1..=2 {
        let opened = Store::open(&bed.path()).unwrap();
        let aside = opened.set_aside.unwrap();
        assert!(
            aside
                .to_str()
                .unwrap()
                .ends_with(&format!(".damaged-{round}"))
        );
        assert!(
            fs::read_to_string(aside)
                .unwrap()
                .starts_with("this is not")
        );
        assert_eq!(opened.store.signed_in(None).unwrap(), None);
        drop(opened.store);
        Store::wipe(&bed.path()).unwrap();
        fs::write(bed.path(), "this is not a database ".repeat(100)).unwrap();
    }
}

#[test]
fn a_damaged_page_is_found_at_the_start() {
    let bed = Bed::new();
    let mut store = bed.open();
    store.sign_in(&somebody("https://a.example", 1)).unwrap();
    drop(store);
    let mut file = fs::OpenOptions::new().write(true).open(bed.path()).unwrap();
    file.seek(SeekFrom::Start(4096)).unwrap();
    file.write_all(&[0xff; 4096 * 4]).unwrap();
    drop(file);
    let opened = Store::open(&bed.path()).unwrap();
    assert!(opened.set_aside.is_some());
    assert_eq!(opened.store.signed_in(None).unwrap(), None);
}

#[test]
fn a_file_from_the_future_is_left_alone() {
    let bed = Bed::new();
    drop(bed.open());
    let newer = rusqlite::Connection::open(bed.path()).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let before = fs::read(bed.path()).unwrap();
    let refused = Store::open(&bed.path()).unwrap_err();
    assert!(
        matches!(
            refused,
            StoreError::Newer {
                found: 99,
                known: 2
            }
        ),
        "{refused}"
    );
    assert_eq!(fs::read(bed.path()).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let bed = Bed::new();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let mut store = bed.open();
    store.sign_in(&somebody("https://a.example", 1)).unwrap();
    assert_eq!(mode(bed.path().parent().unwrap()), 0o700);
    for entry in fs::read_dir(bed.path().parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    drop(store);
    fs::set_permissions(bed.path(), fs::Permissions::from_mode(0o644)).unwrap();
    drop(bed.open());
    assert_eq!(mode(&bed.path()), 0o600);
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let bed = Bed::new();
    fs::write(
        bed.path().parent().unwrap(),
        "a file where a folder should be",
    )
    .unwrap();
    let refused = Store::open(&bed.path()).unwrap_err();
    assert!(refused.to_string().contains("cache.db"), "{refused}");
}

#[test]
fn wiping_leaves_nothing() {
    let bed = Bed::new();
    drop(bed.open());
    Store::wipe(&bed.path()).unwrap();
    Store::wipe(&bed.path()).unwrap();
    assert_eq!(
        fs::read_dir(bed.path().parent().unwrap()).unwrap().count(),
        0
    );
}
