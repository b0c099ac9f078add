//! A customer who was erased is not on the agent's disk any more, nor what was written to them.

use super::*;
use frontdesk_inbox::Guard;
use frontdesk_store::desk::{Begun, TextKind};

fn reply(body: &str, account: &Account) -> Command {
    Command::Reply {
        body: body.to_owned(),
        guard: Guard::Seen(account.seq()),
    }
}

/// Everything in the files of a desk, as bytes.
fn bytes(folder: &TempDir) -> Vec<u8> {
    let files = std::fs::read_dir(folder.path()).unwrap();
    files
        .flat_map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .collect()
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
        bed.desk.save_text(id, TextKind::Note, &begun()).unwrap();
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
    let left = bytes(&folder);
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
