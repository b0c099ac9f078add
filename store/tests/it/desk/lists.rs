//! Lists: pages, places and counts, whatever happened before.

mod random;

use super::*;
use frontdesk_inbox::Sort;
use frontdesk_protocol::kind::Priority;
use frontdesk_protocol::time::UtcStamp;

#[test]
fn pages_follow_one_another_both_ways() {
    let mut account = Account::new();
    let ids: Vec<_> = (0..25)
        .map(|n| account.begins(&n.to_string(), "Hello"))
        .collect();
    let newest_first: Vec<_> = ids.iter().rev().copied().collect();
    let bed = Bed::with(&account);
    let mut seen = Vec::new();
    let mut place = Place::Top;
    loop {
        let page = bed
            .desk
            .page(View::Inbox, place, Direction::Below, 10)
            .unwrap();
        assert_eq!(page.has_before, !seen.is_empty());
        seen.extend(page.rows.iter().map(Row::id));
        place = Place::Spot(page.last.unwrap());
        if !page.has_after {
            break;
        }
    }
    assert_eq!(seen, newest_first);
    let page = bed
        .desk
        .page(View::Inbox, Place::Bottom, Direction::Above, 10)
        .unwrap();
    assert!(page.has_before && !page.has_after);
    assert_eq!(
        page.rows.iter().map(Row::id).collect::<Vec<_>>(),
        newest_first[15..]
    );
    let above = bed
        .desk
        .page(
            View::Inbox,
            Place::Spot(page.first.unwrap()),
            Direction::Above,
            100,
        )
        .unwrap();
    assert_eq!(
        above.rows.iter().map(Row::id).collect::<Vec<_>>(),
        newest_first[..15]
    );
}

#[test]
fn a_page_around_a_conversation_is_full_and_has_it() {
    let mut account = Account::new();
    let ids: Vec<_> = (0..25)
        .map(|n| account.begins(&n.to_string(), "Hello"))
        .collect();
    let mut bed = Bed::with(&account);
    for id in &ids {
        let page = bed
            .desk
            .page(View::Inbox, Place::At(*id), Direction::Around, 9)
            .unwrap();
        assert_eq!(page.rows.len(), 9);
        assert!(page.rows.iter().any(|row| row.id() == *id));
    }
    // One that left is still a place.
    bed.does(ids[12], Command::Close);
    let page = bed
        .desk
        .page(View::Inbox, Place::At(ids[12]), Direction::Below, 3)
        .unwrap();
    assert_eq!(page.rows.len(), 3);
    let unknown = ConversationId::random();
    let page = bed
        .desk
        .page(View::Inbox, Place::At(unknown), Direction::Around, 3)
        .unwrap();
    assert_eq!(page.rows[0].id(), ids[24]);
    assert!(!page.has_before && page.has_after);
}

#[test]
fn a_sort_is_kept() {
    let mut account = Account::new();
    let ids: Vec<_> = (0..5)
        .map(|n| account.begins(&n.to_string(), "Hello"))
        .collect();
    account.changes(ids[2], |it| it.conversation.priority = Priority::High);
    let mut bed = Bed::with(&account);
    bed.desk.set_sort(View::Inbox, Sort::Oldest).unwrap();
    assert_eq!(bed.listed(View::Inbox), ids);
    let mut bed = bed.again();
    assert_eq!(bed.desk.sort(View::Inbox), Sort::Oldest);
    assert_eq!(bed.listed(View::Inbox), ids);
    bed.desk.set_sort(View::Inbox, Sort::Priority).unwrap();
    assert_eq!(bed.listed(View::Inbox)[0], ids[2]);
    assert_eq!(bed.desk.counts().unwrap().of(View::Inbox), 5);
}

/// Two conversations that wait, the one that began last since before the other, and one that does
/// not.
fn waiting() -> (Bed, Vec<ConversationId>) {
    let mut account = Account::new();
    let ids: Vec<_> = ["One", "Two", "Three"]
        .map(|name| account.begins(name, "Hello"))
        .into();
    let since = |seconds| Some(UtcStamp(Timestamp::from_seconds(seconds)));
    account.changes(ids[0], |it| it.conversation.waiting_since = since(900));
    account.changes(ids[1], |it| it.conversation.waiting_since = None);
    account.changes(ids[2], |it| it.conversation.waiting_since = since(100));
    let expected = vec![ids[2], ids[0]];
    (Bed::with(&account), expected)
}

#[test]
fn who_waits_the_longest_stands_first() {
    let (mut bed, expected) = waiting();
    assert_eq!(bed.listed(View::Waiting), expected);
    assert_eq!(bed.desk.counts().unwrap().of(View::Waiting), 2);
    bed.does(expected[0], Command::Close);
    assert_eq!(bed.listed(View::Waiting), expected[1..]);
}

#[test]
fn a_file_from_before_there_was_that_list_gets_it() {
    let (bed, expected) = waiting();
    let Bed { folder, desk } = bed;
    drop(desk);
    let db = rusqlite::Connection::open(folder.path().join("desk.db")).unwrap();
    db.execute_batch(
        "DELETE FROM standing WHERE view = 8; DELETE FROM counts WHERE view = 8;
        PRAGMA user_version = 2;",
    )
    .unwrap();
    drop(db);
    let desk = Desk::open(folder.path()).unwrap().desk;
    let bed = Bed { folder, desk };
    assert_eq!(bed.listed(View::Waiting), expected);
    assert_eq!(bed.desk.counts().unwrap().of(View::Waiting), 2);
}
