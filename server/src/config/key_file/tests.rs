//! The key file: made once, kept private, never guessed at, and changed as a whole.

use super::*;
use std::os::unix::fs::PermissionsExt;

fn file_in(folder: &tempfile::TempDir) -> KeyFile {
    KeyFile::at(folder.path().join(NAME))
}

#[test]
fn the_key_is_made_once_and_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = file_in(&folder);
    let made = file.load_or_create().unwrap();
    let mode = file.path().metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(file.load_or_create().unwrap(), made);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    assert!(!format!("{made:?}").contains(&STANDARD.encode(made.newest().reveal())));
}

#[test]
fn a_key_that_others_can_read_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = file_in(&folder);
    file.load_or_create().unwrap();
    std::fs::set_permissions(file.path(), std::fs::Permissions::from_mode(0o644)).unwrap();
    let error = file.load_or_create().unwrap_err();
    assert!(error.to_string().contains("hint: chmod 600"), "{error}");
}

#[test]
fn a_damaged_key_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let file = file_in(&folder);
    file.load_or_create().unwrap();
    for damage in ["c2hvcnQ=", "", "not base64 at all"] {
        std::fs::write(file.path(), damage).unwrap();
        let read = file.load_or_create();
        assert!(matches!(read, Err(FolderError::Damaged { .. })), "{damage}");
        assert_eq!(std::fs::read_to_string(file.path()).unwrap(), damage);
    }
}

#[test]
fn keys_are_replaced_as_a_whole_and_stay_private() {
    let folder = tempfile::tempdir().unwrap();
    let file = file_in(&folder);
    let old = file.load_or_create().unwrap();
    // What a process left behind that was killed while it wrote.
    std::fs::write(folder.path().join("secret.key.1"), "half a k").unwrap();
    let both = old.with_new();
    file.write(&both).unwrap();
    assert_eq!(file.load_or_create().unwrap(), both);
    assert_eq!(both.len(), 2);
    assert_eq!(both.find(&old.newest().id()), Some(old.newest()));
    let mode = file.path().metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn nobody_rotates_a_key_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let file = file_in(&folder);
    let (one, other) = (file.hold().unwrap(), file.hold().unwrap());
    assert!(matches!(file.take(), Err(FolderError::KeyInUse { .. })));
    drop((one, other));
    let taken = file.take().unwrap();
    assert!(matches!(file.hold(), Err(FolderError::KeyInUse { .. })));
    drop(taken);
    file.hold().unwrap();
}

#[test]
fn a_given_key_is_read_and_never_shown() {
    let text = format!(
        "keys:{},{}",
        STANDARD.encode([7; 32]),
        STANDARD.encode([8; 32])
    );
    let source = KeySource::take(&Raw::Text(&text)).unwrap();
    let KeySource::Given(keys) = &source else {
        panic!("{source:?}")
    };
    assert_eq!(keys.newest().reveal(), &[7; 32]);
    assert_eq!(keys.len(), 2);
    assert_eq!(source.show(), "\"keys:…\"");
    let wrong = KeySource::take(&Raw::Text("keys:canary")).unwrap_err();
    assert!(!format!("{wrong:?}").contains("canary"));
}
