use super::*;
use crate::testing::conversation;
use frontdesk_protocol::time::{Timestamp, UtcStamp};

const ME: UserId = UserId(7);

fn views(it: &Conversation, marks: Marks) -> Vec<View> {
    View::ALL
        .into_iter()
        .filter(|view| view.holds(it, marks, ME))
        .collect()
}

const PLAIN: Marks = Marks {
    draft: DraftMark::None,
    is_mentioned: false,
};

#[test]
fn a_conversation_stands_where_it_belongs() {
    let mut it = conversation();
    assert_eq!(views(&it, PLAIN), [View::Inbox, View::Unassigned]);
    it.assignee_id = Some(ME);
    assert_eq!(views(&it, PLAIN), [View::Inbox, View::Mine]);
    it.waiting_since = Some(UtcStamp(Timestamp(1)));
    let waiting = [View::Inbox, View::Mine, View::Waiting];
    assert_eq!(views(&it, PLAIN), waiting);
    it.status = Status::Snoozed;
    assert_eq!(views(&it, PLAIN), [View::Snoozed]);
    it.status = Status::Closed;
    let marked = Marks {
        draft: DraftMark::Ready,
        is_mentioned: true,
    };
    assert_eq!(views(&it, marked), [View::Mentions, View::Closed]);
    it.status = Status::Spam;
    assert_eq!(views(&it, marked), [View::Mentions, View::Spam]);
    it.archived_at = Some(UtcStamp(Timestamp(0)));
    assert_eq!(views(&it, marked), [] as [View; 0]);
}

#[test]
fn sorts_put_the_wanted_first() {
    let mut early = conversation();
    early.last_activity_at = Some(UtcStamp(Timestamp::from_seconds(10)));
    let mut late = conversation();
    late.last_activity_at = Some(UtcStamp(Timestamp::from_seconds(20)));
    assert!(Sort::Newest.key(&late) > Sort::Newest.key(&early));
    assert!(Sort::Oldest.key(&early) > Sort::Oldest.key(&late));
    early.waiting_since = Some(UtcStamp(Timestamp::from_seconds(5)));
    assert!(Sort::WaitingLongest.key(&early) > Sort::WaitingLongest.key(&late));
    early.priority = Priority::High;
    assert!(Sort::Priority.key(&early) > Sort::Priority.key(&late));
    late.snoozed_until = Some(UtcStamp(Timestamp::from_seconds(30)));
    assert!(Sort::WakesNext.key(&late) > Sort::WakesNext.key(&early));
}
