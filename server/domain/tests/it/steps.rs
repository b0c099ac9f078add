//! Whatever anybody may try, in any order.

use crate::build;
use crate::desk::{Desk, is_unseen};
use frontdesk_domain::actor::View;
use frontdesk_domain::decide::{
    Assign, Assignee, Edit, Field, FirstMessage, NewStatus, Reading, SnoozeFor, StaleGuard, Start,
    Written, answer_by_bot, archive, assign, close, edit, messages_seen, move_inbox, note, receive,
    reopen, reply, set_priority, set_read, snooze, start, system_line, tag, untag, wake,
};
use frontdesk_domain::{
    Actor, Conversation, ConversationId, Decision, MessageId, Priority, Refusal, Source, UserId,
};
use proptest::prelude::*;

/// Somebody tries something.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) who: Asker,
    pub(crate) target: usize,
    pub(crate) act: Act,
    /// How much later than the step before.
    pub(crate) seconds: i64,
}

/// Everybody who may try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asker {
    Admin,
    Member,
    /// Sees what is its own or nobody's.
    Restricted,
    Viewer,
    Stranger,
    Customer(usize),
    System,
}

/// What is tried. Numbers choose among what there is.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    Start(Option<bool>),
    Receive,
    Bot,
    Line,
    Reply(StaleChoice),
    Note,
    Assign(AssignChoice),
    Close,
    Reopen,
    Snooze(i64),
    SnoozeUntilReply,
    Wake,
    Priority(Priority),
    Read(bool),
    Tag(usize),
    Untag(usize),
    Move(usize),
    Archive,
    Seen,
    Edit {
        status: Option<i64>,
        assignee: AssignChoice,
        inbox: Option<usize>,
        read: Option<bool>,
    },
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum StaleChoice {
    Unchecked,
    Fresh,
    Stale,
    Forced,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum AssignChoice {
    Keep,
    Nobody,
    Taker,
    User(usize),
}

impl Act {
    /// Whether doing it a second time must change nothing.
    pub(crate) fn is_idempotent(&self) -> bool {
        !matches!(
            self,
            Self::Start(_) | Self::Receive | Self::Bot | Self::Line | Self::Reply(_) | Self::Note
        )
    }
}

pub(crate) fn actor(desk: &Desk, who: Asker) -> Actor {
    match who {
        Asker::Admin => build::acting(&desk.users[0], View::All),
        Asker::Member => build::acting(&desk.users[1], View::All),
        Asker::Restricted => {
            let user_id = desk.users[2].id;
            build::acting(&desk.users[2], View::OwnAndUnassigned { user_id })
        }
        Asker::Viewer => build::acting(&desk.users[3], View::All),
        Asker::Stranger => build::acting(&desk.users[5], View::All),
        Asker::Customer(which) => {
            let customer = &desk.customers[which % desk.customers.len()];
            Actor::customer(desk.account, customer.id)
        }
        Asker::System => Actor::system(desk.account),
    }
}

/// Decides a step without carrying it out. `None` when there is nothing to try it on.
pub(crate) fn decide(desk: &Desk, step: &Step) -> Option<Result<Decision, Refusal>> {
    let actor = actor(desk, step.who);
    if let Act::Start(first) = step.act {
        return Some(begin(desk, &actor, step.target, first));
    }
    let at = step.target.checked_rem(desk.conversations.len())?;
    let on = &desk.conversations[at];
    Some(write(desk, &actor, on, &step.act).unwrap_or_else(|| change(desk, &actor, on, &step.act)))
}

fn begin(
    desk: &Desk,
    actor: &Actor,
    which: usize,
    first: Option<bool>,
) -> Result<Decision, Refusal> {
    let customer = &desk.customers[which % desk.customers.len()];
    let written = Written::text(MessageId::random(), "hello");
    let command = Start {
        id: ConversationId::random(),
        customer,
        inbox: Some(&desk.inboxes[0]),
        source: Source::ALL[which % Source::ALL.len()],
        subject: Some("A\nsubject".to_owned()),
        status: None,
        metadata: None,
        first: first.map(|by_agent| match by_agent {
            true => FirstMessage::ByAgent(written),
            false => FirstMessage::ByCustomer(written),
        }),
    };
    start(actor, command, desk.now)
}

fn write(
    desk: &Desk,
    actor: &Actor,
    on: &Conversation,
    act: &Act,
) -> Option<Result<Decision, Refusal>> {
    let written = Written::text(MessageId::random(), "text \u{1b}[31m");
    let now = desk.now;
    Some(match act {
        Act::Receive => receive(on, actor, on.customer_id, written, now),
        Act::Bot => answer_by_bot(on, actor, written, now),
        Act::Line => system_line(on, actor, written, now),
        Act::Note => note(on, actor, written, now),
        Act::Reply(choice) => {
            let newest = desk.newest_seq();
            let newer = vec![MessageId::random()];
            let guard = match choice {
                StaleChoice::Unchecked => StaleGuard::Unchecked,
                StaleChoice::Fresh => StaleGuard::Seen {
                    newer: Vec::new(),
                    newest,
                },
                StaleChoice::Stale => StaleGuard::Seen { newer, newest },
                StaleChoice::Forced => StaleGuard::Forced { newer, newest },
            };
            reply(on, actor, written, guard, now)
        }
        _ => return None,
    })
}

fn change(desk: &Desk, actor: &Actor, on: &Conversation, act: &Act) -> Result<Decision, Refusal> {
    let now = desk.now;
    let tags = desk.tags_of(on.id);
    let tag_at = |which: &usize| desk.tag_ids[which % desk.tag_ids.len()];
    let inbox_at = |which: &usize| &desk.inboxes[which % desk.inboxes.len()];
    match act {
        Act::Assign(choice) => {
            let command = Assign {
                user: assignee(desk, *choice),
                team: Field::Keep,
            };
            assign(on, actor, command, now)
        }
        Act::Close => close(on, actor, now),
        Act::Reopen => reopen(on, actor, now),
        Act::Snooze(by) => snooze(on, actor, SnoozeFor::Until(now.plus_seconds(*by)), now),
        Act::SnoozeUntilReply => snooze(on, actor, SnoozeFor::UntilReply, now),
        Act::Wake => wake(on, actor, now),
        Act::Priority(priority) => set_priority(on, actor, *priority, now),
        Act::Read(read) => set_read(on, actor, &reading(*read), now),
        Act::Tag(which) => tag(on, &tags, actor, tag_at(which)),
        Act::Untag(which) => untag(on, &tags, actor, tag_at(which)),
        Act::Move(which) => move_inbox(on, actor, inbox_at(which), now),
        Act::Archive => archive(on, actor, now),
        Act::Seen => {
            let thread = desk.thread(on.id).into_iter();
            let unseen = thread.filter(|message| is_unseen(message));
            let unseen: Vec<_> = unseen.map(|message| message.id).collect();
            messages_seen(on, actor, &unseen, now)
        }
        Act::Edit {
            status,
            assignee: choice,
            inbox,
            read,
        } => {
            let command = Edit {
                status: status.map(|by| status_at(by, now)),
                assignee: assignee(desk, *choice),
                inbox: inbox.as_ref().map(inbox_at),
                reading: read.map(reading),
                ..Edit::default()
            };
            edit(on, actor, command, now)
        }
        Act::Start(_) | Act::Receive | Act::Bot | Act::Line | Act::Reply(_) | Act::Note => {
            panic!("these write a message")
        }
    }
}

fn status_at(by: i64, now: frontdesk_domain::Timestamp) -> NewStatus {
    match by {
        0 => NewStatus::Open,
        1 => NewStatus::Closed,
        by => NewStatus::Snoozed(SnoozeFor::UntilReplyOr(now.plus_seconds(by))),
    }
}

fn reading(read: bool) -> Reading {
    match read {
        true => Reading::Read {
            unseen_mentions: Vec::new(),
        },
        false => Reading::Unread,
    }
}

fn assignee(desk: &Desk, choice: AssignChoice) -> Assignee<'_> {
    match choice {
        AssignChoice::Keep => Assignee::Keep,
        AssignChoice::Nobody => Assignee::Nobody,
        AssignChoice::Taker => Assignee::Taker,
        AssignChoice::User(which) => Assignee::User(&desk.users[which % desk.users.len()]),
    }
}

fn choice() -> impl Strategy<Value = AssignChoice> {
    prop_oneof![
        Just(AssignChoice::Keep),
        Just(AssignChoice::Nobody),
        Just(AssignChoice::Taker),
        (0..6_usize).prop_map(AssignChoice::User),
    ]
}

fn stale() -> impl Strategy<Value = StaleChoice> {
    prop::sample::select(vec![
        StaleChoice::Unchecked,
        StaleChoice::Fresh,
        StaleChoice::Stale,
        StaleChoice::Forced,
    ])
}

fn act() -> impl Strategy<Value = Act> {
    let edited = (
        prop::option::of(-5..30_i64),
        choice(),
        prop::option::of(0..3_usize),
        any::<Option<bool>>(),
    );
    prop_oneof![
        3 => any::<Option<bool>>().prop_map(Act::Start),
        4 => Just(Act::Receive),
        1 => Just(Act::Bot),
        1 => Just(Act::Line),
        4 => stale().prop_map(Act::Reply),
        1 => Just(Act::Note),
        2 => choice().prop_map(Act::Assign),
        2 => Just(Act::Close),
        1 => Just(Act::Reopen),
        2 => (-10..100_i64).prop_map(Act::Snooze),
        1 => Just(Act::SnoozeUntilReply),
        2 => Just(Act::Wake),
        1 => prop::sample::select(Priority::ALL).prop_map(Act::Priority),
        1 => any::<bool>().prop_map(Act::Read),
        1 => (0..2_usize).prop_map(Act::Tag),
        1 => (0..2_usize).prop_map(Act::Untag),
        1 => (0..3_usize).prop_map(Act::Move),
        1 => Just(Act::Archive),
        1 => Just(Act::Seen),
        2 => edited.prop_map(|(status, assignee, inbox, read)| Act::Edit {
            status,
            assignee,
            inbox,
            read,
        }),
    ]
}

fn asker() -> impl Strategy<Value = Asker> {
    prop_oneof![
        3 => Just(Asker::Admin),
        3 => Just(Asker::Member),
        2 => Just(Asker::Restricted),
        1 => Just(Asker::Viewer),
        1 => Just(Asker::Stranger),
        3 => (0..3_usize).prop_map(Asker::Customer),
        3 => Just(Asker::System),
    ]
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    (asker(), 0..12_usize, act(), 0..40_i64).prop_map(|(who, target, act, seconds)| Step {
        who,
        target,
        act,
        seconds,
    })
}

/// The users by whom nothing may ever be written.
pub(crate) fn may_write_nothing(who: Asker) -> bool {
    matches!(who, Asker::Viewer | Asker::Stranger)
}

/// Whether a user is one who may hold work.
pub(crate) fn holds_work(desk: &Desk, id: UserId) -> bool {
    desk.workers().contains(&id)
}
