//! What happens to the two files.

use super::*;
use frontdesk_protocol::kind::Status;
use frontdesk_store::StoreError;
use std::fs;
use std::io::{Seek as _, SeekFrom, Write as _};

#[test]
fn a_cache_that_is_none_is_made_anew_and_the_outbox_stays() {
    let mut account = Account::new();
    let id = account.begins("One", "Hello");
    let mut bed = Bed::with(&account);
    bed.does(id, Command::Close);
    let Bed { folder, desk } = bed;
    drop(desk);
    fs::write(
        folder.path().join("desk.db"),
        "this is not a database ".repeat(500),
    )
    .unwrap();
    let opened = Desk::open(folder.path()).unwrap();
    assert!(opened.cache_set_aside.unwrap().exists());
    assert_eq!(opened.outbox_set_aside, None);
    let mut desk = opened.desk;
    assert_eq!(desk.cursor().unwrap(), None);
    assert_eq!(desk.waiting().len(), 1);
    // What comes back is shown with what waits.
    desk.begin_snapshot(account.seq(), &account.directory())
        .unwrap();
    desk.add(&account.snapshot()).unwrap();
    assert_eq!(desk.counts().unwrap().of(View::Closed), 1);
}

#[test]
fn damage_inside_the_cache_is_found_when_it_is_met() {
    let mut account = Account::new();
    for n in 0..300 {
        account.begins(&format!("Subject {n}"), &"words ".repeat(50));
    }
    let Bed { folder, desk } = Bed::with(&account);
    drop(desk);
    let path = folder.path().join("desk.db");
    let length = fs::metadata(&path).unwrap().len();
    let mut file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.seek(SeekFrom::Start(4096 * 4)).unwrap();
    file.write_all(&vec![0xa5; usize::try_from(length).unwrap() - 4096 * 4])
        .unwrap();
    drop(file);
    let opened = Desk::open(folder.path()).unwrap();
    let desk = if opened.cache_set_aside.is_some() {
        opened.desk
    } else {
        let met = opened
            .desk
            .page(View::Inbox, Place::Top, Direction::Below, 50)
            .unwrap_err();
        assert!(met.is_damage(), "{met}");
        drop(opened.desk);
        let renewed = Desk::open(folder.path()).unwrap();
        assert!(renewed.cache_set_aside.unwrap().exists());
        renewed.desk
    };
    assert_eq!(desk.cursor().unwrap(), None);
    assert_eq!(desk.counts().unwrap().of(View::Inbox), 0);
}

#[test]
fn a_damaged_outbox_is_kept_aside() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("outbox.db");
    fs::write(&path, "not a database, but somebody's words ".repeat(200)).unwrap();
    let opened = Desk::open(folder.path()).unwrap();
    let aside = opened.outbox_set_aside.unwrap();
    assert!(
        fs::read_to_string(aside)
            .unwrap()
            .contains("somebody's words")
    );
    assert!(opened.desk.waiting().is_empty());
}

#[test]
fn a_file_without_a_list_of_spam_gets_one() {
    let mut account = Account::new();
    let ids = ["One", "Two", "Three"].map(|subject| account.begins(subject, "Buy now"));
    for id in &ids[..2] {
        account.changes(*id, |it| it.conversation.status = Status::Spam);
    }
    let Bed { folder, desk } = Bed::with(&account);
    drop(desk);
    let older = rusqlite::Connection::open(folder.path().join("desk.db")).unwrap();
    older
        .execute_batch(
            "DELETE FROM standing WHERE view = 7; DELETE FROM counts WHERE view = 7;
            PRAGMA user_version = 1;",
        )
        .unwrap();
    drop(older);
    let desk = Desk::open(folder.path()).unwrap().desk;
    let mut bed = Bed { folder, desk };
    assert_eq!(bed.listed(View::Spam), [ids[1], ids[0]]);
    assert_eq!(bed.desk.counts().unwrap().of(View::Spam), 2);
    // What the step wrote is what the program itself would have written.
    bed.does(ids[1], Command::Reopen);
    assert_eq!(bed.listed(View::Spam), [ids[0]]);
    assert_eq!(bed.desk.counts().unwrap().of(View::Spam), 1);
}

#[test]
fn files_from_the_future_are_left_alone() {
    for name in ["desk.db", "outbox.db"] {
        let Bed { folder, desk } = Bed::new();
        drop(desk);
        let path = folder.path().join(name);
        let newer = rusqlite::Connection::open(&path).unwrap();
        newer.pragma_update(None, "user_version", 99).unwrap();
        drop(newer);
        let before = fs::read(&path).unwrap();
        let refused = Desk::open(folder.path()).unwrap_err();
        assert!(
            matches!(refused, StoreError::Newer { found: 99, .. }),
            "{refused}"
        );
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_them() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut account = Account::new();
    let id = account.begins("One", "Hello");
    let mut bed = Bed::with(&account);
    bed.does(id, Command::Close);
    let mut files = 0;
    for entry in fs::read_dir(bed.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", path.display());
        files += 1;
    }
    assert!(files >= 4, "two files, each with its log");
}

#[test]
fn wiping_leaves_nothing() {
    let Bed { folder, desk } = Bed::new();
    drop(desk);
    Desk::wipe(folder.path()).unwrap();
    Desk::wipe(folder.path()).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
