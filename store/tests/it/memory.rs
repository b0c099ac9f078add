//! What is remembered, and across which borders.

use crate::bed::{Bed, somebody};
use frontdesk_protocol::id::{AccountId, ConversationId, EventSeq};
use frontdesk_protocol::kind::KeyScope;

#[test]
fn a_restart_goes_on_where_it_was() {
    let bed = Bed::new();
    let mut store = bed.open();
    let ana = store.sign_in(&somebody("https://a.example", 1)).unwrap();
    let conversation = ConversationId::random();
    store.advance_cursor(ana.id, EventSeq(7)).unwrap();
    store
        .remember_numbers(ana.id, &[(conversation, 12)])
        .unwrap();
    assert_eq!(store.seen_seq(ana.id, conversation).unwrap(), None);
    store.saw(ana.id, conversation, 12, EventSeq(5)).unwrap();
    drop(store);

    let store = bed.open();
    assert_eq!(store.signed_in(None).unwrap().as_ref(), Some(&ana));
    assert_eq!(store.cursor(ana.id).unwrap(), Some(EventSeq(7)));
    assert_eq!(store.by_number(ana.id, 12).unwrap(), Some(conversation));
    assert_eq!(
        store.seen_seq(ana.id, conversation).unwrap(),
        Some(EventSeq(5))
    );
}

#[test]
fn numbers_only_go_forward_unless_started_over() {
    let bed = Bed::new();
    let mut store = bed.open();
    let ana = store.sign_in(&somebody("https://a.example", 1)).unwrap().id;
    let conversation = ConversationId::random();
    for (seq, held) in [(5, 5), (3, 5), (9, 9)] {
        store.advance_cursor(ana, EventSeq(seq)).unwrap();
        store.saw(ana, conversation, 1, EventSeq(seq)).unwrap();
        assert_eq!(store.cursor(ana).unwrap(), Some(EventSeq(held)));
        assert_eq!(
            store.seen_seq(ana, conversation).unwrap(),
            Some(EventSeq(held))
        );
    }
    store.reset_cursor(ana, EventSeq(2)).unwrap();
    assert_eq!(store.cursor(ana).unwrap(), Some(EventSeq(2)));
}

#[test]
fn sign_ins_are_kept_apart_and_the_last_is_in_use() {
    let bed = Bed::new();
    let mut store = bed.open();
    let one = store.sign_in(&somebody("https://a.example", 1)).unwrap();
    let two = store.sign_in(&somebody("https://b.example", 1)).unwrap();
    store.advance_cursor(one.id, EventSeq(7)).unwrap();
    assert_eq!(store.cursor(two.id).unwrap(), None);
    assert_eq!(store.signed_in(None).unwrap().as_ref(), Some(&two));
    assert_eq!(
        store.signed_in(Some("https://a.example")).unwrap().as_ref(),
        Some(&one)
    );
    assert_eq!(store.signed_in(Some("https://c.example")).unwrap(), None);
    assert_eq!(store.sign_ins().unwrap(), [one.clone(), two.clone()]);
    store.forget(two.id).unwrap();
    assert_eq!(store.signed_in(None).unwrap(), None);
    assert_eq!(store.cursor(one.id).unwrap(), Some(EventSeq(7)));
}

#[test]
fn a_lent_token_is_known_again_by_its_fingerprint() {
    let bed = Bed::new();
    let mut store = bed.open();
    let ana = store.sign_in(&somebody("https://a.example", 1)).unwrap();
    let (one, two) = ([1; 32], [2; 32]);
    store.remember_lent(ana.id, &one, None).unwrap();
    let reading = Some(KeyScope::Read);
    store.remember_lent(ana.id, &two, reading).unwrap();
    assert_eq!(store.lent(&one).unwrap(), Some((ana.clone(), None)));
    assert_eq!(store.lent(&two).unwrap(), Some((ana.clone(), reading)));
    assert_eq!(store.lent(&[3; 32]).unwrap(), None);
    store.forget(ana.id).unwrap();
    assert_eq!(store.lent(&one).unwrap(), None);
}

#[test]
fn another_account_behind_the_same_address_starts_over() {
    let bed = Bed::new();
    let mut store = bed.open();
    let mut who = somebody("https://a.example", 1);
    let first = store.sign_in(&who).unwrap();
    store.advance_cursor(first.id, EventSeq(7)).unwrap();
    let again = store.sign_in(&who).unwrap();
    assert_eq!(store.cursor(again.id).unwrap(), Some(EventSeq(7)));
    who.account_id = AccountId::random();
    let other = store.sign_in(&who).unwrap();
    assert_eq!(store.cursor(other.id).unwrap(), None);
}
