//! Whatever happens in whatever order: lists and counts are those of a recount, and in the end
//! the desk shows what the server has.

use super::super::Bed;
use crate::account::{Account, COLLEAGUE, ME};
use frontdesk_inbox::view::Marks;
use frontdesk_inbox::{Command, DraftMark, IntentId, OutMark, OutState, Row, Snooze, View};
use frontdesk_protocol::id::ConversationId;
use frontdesk_protocol::kind::{Priority, Status};
use frontdesk_protocol::time::{Timestamp, UtcStamp};
use proptest::prelude::*;
use std::collections::BTreeSet;

#[derive(Debug, Clone)]
enum Step {
    Begins,
    CustomerWrites(usize),
    ColleagueWrites(usize),
    ColleagueTakes(usize),
    ServerCloses(usize),
    Loses(usize),
    Hides,
    CatchUp,
    Does(usize, Command),
    /// The server does the oldest thing that waits.
    Confirm,
    Refuse,
    Drop,
    Snapshot,
    CutSnapshot,
    Restart,
}

fn steps() -> impl Strategy<Value = Step> {
    let which = 0_usize..8;
    prop_oneof![
        2 => Just(Step::Begins),
        2 => which.clone().prop_map(Step::CustomerWrites),
        1 => which.clone().prop_map(Step::ColleagueWrites),
        1 => which.clone().prop_map(Step::ColleagueTakes),
        1 => which.clone().prop_map(Step::ServerCloses),
        1 => which.clone().prop_map(Step::Loses),
        1 => Just(Step::Hides),
        3 => Just(Step::CatchUp),
        4 => (which, commands()).prop_map(|(at, command)| Step::Does(at, command)),
        3 => Just(Step::Confirm),
        1 => Just(Step::Refuse),
        1 => Just(Step::Drop),
        1 => Just(Step::Snapshot),
        1 => Just(Step::CutSnapshot),
        1 => Just(Step::Restart),
    ]
}

fn commands() -> impl Strategy<Value = Command> {
    prop_oneof![
        Just(Command::Close),
        Just(Command::Reopen),
        Just(Command::Spam),
        Just(Command::Read),
        Just(Command::Unread),
        Just(Command::Assign(Some(ME))),
        Just(Command::Assign(None)),
        Just(Command::Priority(Priority::High)),
        Just(Command::Snooze(Snooze::until_reply())),
        Just(Command::Note {
            body: "A note".to_owned()
        }),
    ]
}

struct World {
    account: Account,
    bed: Option<Bed>,
}

impl World {
    fn bed(&mut self) -> &mut Bed {
        self.bed.as_mut().unwrap()
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Begins => {
                self.account.begins("Subject", "Hello");
            }
            Step::Hides => self.account.hides(),
            Step::CatchUp => self.catch_up(),
            Step::Confirm => self.confirm(),
            Step::Refuse => self.refuse(),
            Step::Drop => {
                if let Some(first) = self.bed().desk.waiting().first() {
                    self.bed().desk.drop_intent(first.id).unwrap();
                }
            }
            Step::Snapshot => self.snapshot(),
            Step::CutSnapshot => {
                let (seq, directory) = (self.account.seq(), self.account.directory());
                let some = self
                    .account
                    .snapshot()
                    .into_iter()
                    .take(2)
                    .collect::<Vec<_>>();
                let desk = &mut self.bed().desk;
                desk.begin_snapshot(seq, &directory).unwrap();
                desk.add(&some).unwrap();
            }
            Step::Restart => self.bed = self.bed.take().map(Bed::again),
            _ if self.account.is_empty() => {}
            Step::CustomerWrites(at) => {
                self.account
                    .writes(self.account.nth(at), None, "More words");
            }
            Step::ColleagueWrites(at) => {
                self.account
                    .writes(self.account.nth(at), Some(COLLEAGUE), "An answer");
            }
            Step::ColleagueTakes(at) => {
                let id = self.account.nth(at);
                self.account
                    .changes(id, |it| it.conversation.assignee_id = Some(COLLEAGUE));
            }
            Step::ServerCloses(at) => self.account.close(self.account.nth(at)),
            Step::Loses(at) => self.account.loses(self.account.nth(at)),
            Step::Does(at, command) => {
                let id = self.account.nth(at);
                self.bed().does(id, command);
            }
        }
    }

    fn catch_up(&mut self) {
        let Some(cursor) = self.bed().desk.cursor().unwrap() else {
            return self.snapshot();
        };
        let events = self.account.since(cursor);
        let changed = self.bed().desk.apply(&events).unwrap();
        assert_eq!(changed.gap_before, None);
    }

    fn snapshot(&mut self) {
        let (seq, directory) = (self.account.seq(), self.account.directory());
        let lines = self.account.snapshot();
        let desk = &mut self.bed().desk;
        desk.begin_snapshot(seq, &directory).unwrap();
        for line in lines.chunks(3) {
            desk.add(line).unwrap();
        }
        desk.finish_snapshot(frontdesk_store::desk::Names::All)
            .unwrap();
    }

    /// The server does what is sent next, and answers with the conversation or without.
    fn confirm(&mut self) {
        let later = Timestamp::from_seconds(4_000_000_000);
        let Some(next) = self.bed().desk.next_to_send(later).into_iter().next() else {
            return;
        };
        let id = next.conversation_id;
        self.bed()
            .desk
            .set_state(next.id, OutState::Sending)
            .unwrap();
        if !self.account.threads.contains_key(&id) {
            let reason = "not found".to_owned();
            self.bed()
                .desk
                .set_state(next.id, OutState::Failed { reason })
                .unwrap();
            return;
        }
        self.account.changes(id, |it| {
            next.command.apply(&mut it.conversation, next.made_at);
        });
        let answer = self.account.threads[&id].conversation.clone();
        let answer = (answer.version % 2 == 0).then_some(&answer);
        self.bed().desk.confirmed(next.id, answer, None).unwrap();
    }

    fn refuse(&mut self) {
        if let Some(first) = self.bed().desk.waiting().first() {
            let reason = "no".to_owned();
            self.bed()
                .desk
                .set_state(first.id, OutState::Failed { reason })
                .unwrap();
        }
    }

    /// Every list holds exactly what belongs in it, in its order, and the counts say so.
    fn check(&mut self, known: &BTreeSet<ConversationId>) {
        let known: Vec<_> = known.iter().copied().collect();
        let bed = self.bed();
        let rows = bed.desk.rows(&known).unwrap();
        let counts = bed.desk.counts().unwrap();
        for view in View::ALL {
            let sort = bed.desk.sort(view);
            let mut expected: Vec<&Row> = rows.iter().filter(|row| holds(view, row)).collect();
            expected.sort_by_key(|row| std::cmp::Reverse(sort.key(&row.conversation)));
            let keys = |rows: &[&Row]| -> Vec<i64> {
                rows.iter().map(|row| sort.key(&row.conversation)).collect()
            };
            let listed = bed.desk.rows(&bed.listed(view)).unwrap();
            let listed: Vec<&Row> = listed.iter().collect();
            assert_eq!(keys(&listed), keys(&expected), "{view:?}");
            let set = |rows: &[&Row]| rows.iter().map(|row| row.id()).collect::<BTreeSet<_>>();
            assert_eq!(set(&listed), set(&expected), "{view:?}");
            assert_eq!(counts.of(view), expected.len(), "{view:?}");
        }
    }

    /// When everything is sent and caught up, the desk shows what the server has.
    fn settle(&mut self) {
        let waiting: Vec<IntentId> = self.bed().desk.waiting().iter().map(|it| it.id).collect();
        for id in waiting {
            self.bed().desk.drop_intent(id).unwrap();
        }
        // A change of each, as nobody can tell an answer that was lost from one that was not.
        let ids: Vec<_> = self.account.threads.keys().copied().collect();
        for id in ids {
            self.account.changes(id, |_| {});
        }
        self.catch_up();
        let threads = self.account.threads.clone();
        for (id, thread) in &threads {
            let row = self.bed().row(*id);
            assert_eq!(
                format!("{:?}", row.conversation),
                format!("{:?}", thread.conversation)
            );
            assert_eq!(row.out, OutMark::None);
            let shown = self.bed().desk.thread(*id, 1_000).unwrap().unwrap();
            let seqs = |messages: &[frontdesk_protocol::entity::Message]| {
                messages
                    .iter()
                    .map(|it| (it.seq, it.id))
                    .collect::<Vec<_>>()
            };
            if !shown.has_older {
                assert_eq!(seqs(&shown.messages), seqs(&thread.messages));
            }
        }
        let all: usize = [View::Inbox, View::Closed, View::Snoozed, View::Spam]
            .into_iter()
            .map(|view| self.bed().desk.counts().unwrap().of(view))
            .sum();
        assert_eq!(all, threads.len());
    }
}

fn holds(view: View, row: &Row) -> bool {
    let marks = Marks {
        draft: DraftMark::None,
        is_mentioned: row.is_mentioned,
    };
    view.holds(&row.conversation, marks, ME)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn lists_are_those_of_a_recount(steps in proptest::collection::vec(steps(), 1..40)) {
        let mut world = World { account: Account::new(), bed: Some(Bed::new()) };
        world.account.begins("First", "Hello");
        world.snapshot();
        let mut known = BTreeSet::new();
        for step in steps {
            known.extend(world.account.threads.keys().copied());
            world.take(step);
            known.extend(world.account.threads.keys().copied());
            world.check(&known);
        }
        world.settle();
    }
}

#[test]
fn a_snoozed_one_stands_by_when_it_wakes() {
    let mut account = Account::new();
    let (one, two) = (
        account.begins("One", "Hello"),
        account.begins("Two", "Hello"),
    );
    let mut bed = Bed::with(&account);
    for (id, seconds) in [(one, 500), (two, 900)] {
        bed.does(
            id,
            Command::Snooze(Snooze::until(Timestamp::from_seconds(seconds))),
        );
    }
    assert_eq!(bed.listed(View::Snoozed), [one, two]);
    let row = bed.row(one);
    assert_eq!(row.conversation.status, Status::Snoozed);
    assert_eq!(
        row.conversation.snoozed_until,
        Some(UtcStamp(Timestamp::from_seconds(500)))
    );
}
