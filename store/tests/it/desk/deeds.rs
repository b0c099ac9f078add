//! What was done is known after a restart, until it is taken back.

use super::*;
use frontdesk_inbox::{DeedId, KeptDeed, KeptPart, LogEntry};
use frontdesk_protocol::id::BulkRunId;

fn closed(title: &str, conversations: &[ConversationId]) -> KeptDeed {
    let part = |id: &ConversationId| KeptPart {
        conversation_id: *id,
        intent: IntentId::random(),
        command: Command::Close,
        inverse: Command::Reopen,
    };
    KeptDeed {
        id: DeedId::random(),
        title: title.to_owned(),
        at: Timestamp::from_seconds(2_000_000_000),
        run: None,
        parts: conversations.iter().map(part).collect(),
    }
}

#[test]
fn what_was_done_is_known_to_the_next_run() {
    let mut account = Account::new();
    let id = account.begins("One", "Hello");
    let mut bed = Bed::with(&account);
    let first = closed("1 conversation done", &[id]);
    let by_server = KeptDeed {
        run: Some(BulkRunId::random()),
        ..closed("conversations done", &[])
    };
    let log = [first.clone(), by_server.clone()].map(LogEntry::Did);
    bed.desk.log(&log).unwrap();
    bed = bed.again();
    assert_eq!(
        bed.desk.deeds().unwrap(),
        [first.clone(), by_server.clone()]
    );
    // What was noted before a crash may be noted once more.
    bed.desk.log(&log).unwrap();
    bed.desk.log(&[LogEntry::Forget(first.id)]).unwrap();
    assert_eq!(bed.desk.deeds().unwrap(), std::slice::from_ref(&by_server));
    assert_eq!(bed.again().desk.deeds().unwrap(), [by_server]);
}

#[test]
fn only_the_latest_two_hundred_are_kept() {
    let mut bed = Bed::new();
    let id = ConversationId::random();
    let titles: Vec<String> = (0..230).map(|n| format!("deed {n}")).collect();
    for title in &titles {
        let deed = closed(title, &[id]);
        bed.desk.log(&[LogEntry::Did(deed)]).unwrap();
    }
    let kept = bed.desk.deeds().unwrap();
    let kept: Vec<&str> = kept.iter().map(|deed| deed.title.as_str()).collect();
    assert_eq!(kept, titles[30..]);
}

#[test]
fn an_erased_customer_takes_along_what_was_done() {
    let mut account = Account::new();
    let gone = account.begins("Canaries", "a canary sings");
    let stays = account.begins("Sparrows", "a sparrow sings");
    let mut bed = Bed::with(&account);
    let left = closed("1 conversation done", &[stays]);
    let both = closed("2 conversations done", &[stays, gone]);
    let log = [left.clone(), both].map(LogEntry::Did);
    bed.desk.log(&log).unwrap();
    let cursor = account.seq();
    account.erases(gone);
    bed.desk.apply(&account.since(cursor)).unwrap();
    assert_eq!(bed.desk.deeds().unwrap(), [left]);
}
