//! Lists: pages, places and counts, whatever happened before.

mod random;

use super::*;
use frontdesk_inbox::Sort;
use frontdesk_protocol::kind::Priority;

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
