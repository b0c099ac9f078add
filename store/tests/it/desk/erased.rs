//! A customer who was erased is not on the agent's disk any more, nor what was written to them.

use super::*;
use frontdesk_inbox::{Enclosure, Guard};
use frontdesk_store::desk::{Begun, TextKind};
use std::path::Path;

fn reply(body: &str, account: &Account) -> Command {
    Command::Reply {
        body: body.to_owned(),
        guard: Guard::Seen(account.seq()),
    }
}

/// Everything in the files of a folder, as bytes.
fn bytes(folder: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder).unwrap();
    let files = files.map(|file| file.unwrap().path());
    let files = files.filter(|path| path.is_file());
    files
        .flat_map(|path| std::fs::read(path).unwrap())
        .collect()
}

fn copied(bed: &Bed, text: &str) -> Enclosure {
    let elsewhere = TempDir::new().unwrap();
    let original = elsewhere.path().join("song.txt");
    std::fs::write(&original, text).unwrap();
    bed.desk.copies().take(&original).unwrap()
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes
        .windows(word.len())
        .any(|part| part == word.as_bytes())
}

#[test]
fn an_erased_customer_leaves_nothing_behind() {
    let mut account = Account::new();
    let gone = account.begins("Canaries", "a canary sings");
    let stays = account.begins("Sparrows", "a sparrow sings");
    let mut bed = Bed::with(&account);
    for id in [gone, stays] {
        bed.does(id, reply("dear bird, singing", &account));
        let begun = Begun {
            files: vec![copied(&bed, &id.to_string())],
            ..begun()
        };
        bed.desk.save_text(id, TextKind::Note, &begun).unwrap();
    }
    let cursor = account.seq();
    account.erases(gone);
    bed.desk.apply(&account.since(cursor)).unwrap();
    for _ in 0..2 {
        assert_eq!(bed.listed(View::Inbox), [stays]);
        assert_eq!(bed.desk.text(gone, TextKind::Note).unwrap(), None);
        assert!(bed.desk.text(stays, TextKind::Note).unwrap().is_some());
        assert_eq!(bed.desk.thread(stays, 10).unwrap().unwrap().queued.len(), 1);
        bed = bed.again();
    }
    let Bed { folder, desk } = bed;
    drop(desk);
    let copies = bytes(&folder.path().join("files"));
    assert!(holds(&copies, &stays.to_string()) && !holds(&copies, &gone.to_string()));
    let left = bytes(folder.path());
    assert!(holds(&left, "a sparrow sings"));
    for word in ["a canary sings", "Canaries", "c1@example.com"] {
        assert!(!holds(&left, word), "{word}");
    }
}

#[test]
fn a_conversation_that_only_moved_out_of_view_keeps_what_was_begun() {
    let mut account = Account::new();
    let id = account.begins("One", "Hello");
    let mut bed = Bed::with(&account);
    bed.desk.save_text(id, TextKind::Reply, &begun()).unwrap();
    let cursor = account.seq();
    account.loses(id);
    bed.desk.apply(&account.since(cursor)).unwrap();
    assert!(bed.desk.text(id, TextKind::Reply).unwrap().is_some());
}

fn begun() -> Begun {
    Begun {
        text: "begun".to_owned(),
        ..Begun::default()
    }
}
