//! What is sorted by itself: from which confidence on in an inbox, what was done in a conversation, and
//! taking that back.

use crate::ai::Sorted as Guesses;
use crate::failure::{Failure, Outcome};
use crate::use_cases::{label, load, record};
use frontdesk_ai::classify::Guess;
use frontdesk_db::queries::{ai_sorting, conversations, inboxes};
use frontdesk_db::{Conn, DbError, Unit, write};
use frontdesk_domain::account::Team;
use frontdesk_domain::decide::{self, Assign, Field, Written};
use frontdesk_domain::json::Json;
use frontdesk_domain::policy::{self, Permission};
use frontdesk_domain::sorting::{self, LEAST, SortPolicy, Sorted};
use frontdesk_domain::{
    AccountId, Actor, ConversationId, EntityKind, InboxId, MessageId, Priority, Refusal, TagId,
    TeamId,
};
use frontdesk_protocol::entity::{AiSuggestions, Suggested};

/// A record that is there and says nothing must not look as if there were none.
const UNREADABLE: DbError = DbError::Column {
    index: 2,
    wanted: "record of what was sorted",
};

/// What to change about a policy, as confidences from 0 to 1.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PolicyChanges {
    pub(crate) tags: Field<f64>,
    pub(crate) team: Field<f64>,
    pub(crate) priority: Field<f64>,
}

/// What holds for an inbox.
pub(crate) fn policy_of(
    conn: &mut dyn Conn,
    actor: &Actor,
    inbox_id: InboxId,
) -> Outcome<SortPolicy> {
    policy::allows(actor, Permission::ReadDesk)?;
    inboxes::by_id(conn, actor.account_id, inbox_id)?.ok_or(Refusal::NotFound)?;
    Ok(ai_sorting::of_inbox(conn, actor.account_id, inbox_id)?)
}

/// Changes what holds for an inbox.
pub(crate) fn change_policy(
    unit: &mut Unit<'_>,
    actor: &Actor,
    inbox_id: InboxId,
    changes: PolicyChanges,
) -> Outcome<SortPolicy> {
    policy::allows(actor, Permission::ManageInboxes)?;
    let mut policy = policy_of(unit.conn(), actor, inbox_id)?;
    set(&mut policy.tags, "tags", changes.tags)?;
    set(&mut policy.team, "team", changes.team)?;
    set(&mut policy.priority, "priority", changes.priority)?;
    policy.updated_at = unit.now();
    ai_sorting::set(unit, &policy)?;
    record::changed(unit, actor, EntityKind::Inbox, &inbox_id)?;
    let subject = format!("inbox:{inbox_id}");
    record::audited(unit, actor, "ai_sorting.changed", subject, None)?;
    Ok(policy)
}

fn set(place: &mut Option<i64>, field: &'static str, said: Field<f64>) -> Result<(), Refusal> {
    match said {
        Field::Keep => {}
        Field::Clear => *place = None,
        Field::Set(least) if (LEAST..=1.0).contains(&least) => {
            #[expect(clippy::cast_possible_truncation, reason = "it is from 0.5 to 1")]
            let percent = (least * 100.0).round() as i64;
            *place = Some(percent);
        }
        Field::Set(_) => {
            let problem = "must be from 0.5 to 1";
            return Err(Refusal::Invalid { field, problem });
        }
    }
    Ok(())
}

/// The policy by which a conversation may still be sorted; none where it was, or is somebody's.
pub(crate) fn wanted(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConversationId,
) -> Outcome<Option<SortPolicy>> {
    let held = conversations::by_id(conn, account_id, id)?.filter(sorting::is_unsorted);
    let Some(inbox_id) = held.and_then(|it| it.inbox_id) else {
        return Ok(None);
    };
    if ai_sorting::of_conversation(conn, account_id, id)?.is_some() {
        return Ok(None);
    }
    let policy = ai_sorting::of_inbox(conn, account_id, inbox_id)?;
    let least = [policy.tags, policy.team, policy.priority];
    Ok(least.iter().any(Option::is_some).then_some(policy))
}

/// Does what is certain enough, says so in the thread, and keeps it to be taken back.
pub(crate) fn apply(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ConversationId,
    guesses: &Guesses,
) -> Outcome<()> {
    let Some(policy) = wanted(unit.conn(), account_id, id)? else {
        return Ok(());
    };
    let actor = Actor::system(account_id);
    let done = AiSuggestions {
        by: guesses.by.clone(),
        tags: tag(unit, &actor, id, &policy, guesses)?,
        team: assign(unit, &actor, id, &policy, guesses.team.as_ref())?,
        priority: raise(unit, &actor, id, &policy, guesses.priority.as_ref())?,
        sentiment: None,
        trouble: None,
    };
    let words = told(&done);
    if words.is_empty() {
        return Ok(());
    }
    line(
        unit,
        id,
        &actor,
        format!("Sorted by the inbox's policy: {words}"),
    )?;
    let sorted = Sorted {
        conversation_id: id,
        account_id,
        done: Json(serde_json::json!(done).to_string()),
        sorted_at: unit.now(),
        undone_at: None,
    };
    ai_sorting::insert(unit, &sorted)?;
    audited(unit, &actor, id, "conversation.sorted", &done)
}

fn tag(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
    policy: &SortPolicy,
    guesses: &Guesses,
) -> Outcome<Vec<Suggested>> {
    let mut done = Vec::new();
    for it in &guesses.tags {
        let suffices = sorting::suffices(policy.tags, it.confidence);
        if suffices && label::tag(unit, actor, id, it.value.id)? {
            let tag_id = Some(it.value.id.to_string());
            done.push(Suggested::new(tag_id, &it.value.name, it.confidence));
        }
    }
    Ok(done)
}

/// A team somebody chose stays.
fn assign(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
    policy: &SortPolicy,
    guess: Option<&Guess<Team>>,
) -> Outcome<Option<Suggested>> {
    let held = load::conversation(unit.conn(), actor, id)?;
    let guess = guess.filter(|it| sorting::suffices(policy.team, it.confidence));
    let Some(it) = guess.filter(|_| held.team_id.is_none()) else {
        return Ok(None);
    };
    let command = Assign {
        team: Field::Set(&it.value),
        ..Assign::default()
    };
    let decision = decide::assign(&held, actor, command, unit.now())?;
    write::apply(unit, actor, decision)?;
    let team_id = Some(it.value.id.to_string());
    Ok(Some(Suggested::new(team_id, &it.value.name, it.confidence)))
}

/// The desk knows two priorities, and a guess four: what is high or urgent comes first.
fn raise(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
    policy: &SortPolicy,
    guess: Option<&Guess<String>>,
) -> Outcome<Option<Suggested>> {
    let held = load::conversation(unit.conn(), actor, id)?;
    let guess = guess.filter(|it| sorting::suffices(policy.priority, it.confidence));
    let guess = guess.filter(|it| matches!(it.value.as_str(), "high" | "urgent"));
    let Some(it) = guess.filter(|_| held.priority == Priority::Normal) else {
        return Ok(None);
    };
    let decision = decide::set_priority(&held, actor, Priority::High, unit.now())?;
    write::apply(unit, actor, decision)?;
    Ok(Some(Suggested::new(None, &it.value, it.confidence)))
}

/// `tag billing 82%, priority high 91%`.
fn told(done: &AiSuggestions) -> String {
    let words =
        |what: &str, it: &Suggested| format!("{what} {} {:.0}%", it.name, it.confidence * 100.0);
    let tags = done.tags.iter().map(|it| words("tag", it));
    let team = done.team.iter().map(|it| words("team", it));
    let priority = done.priority.iter().map(|it| words("priority", it));
    let all: Vec<String> = tags.chain(team).chain(priority).collect();
    all.join(", ")
}

fn line(unit: &mut Unit<'_>, id: ConversationId, server: &Actor, words: String) -> Outcome<()> {
    let held = load::conversation(unit.conn(), server, id)?;
    let written = Written::text(MessageId::random(), words);
    let decision = decide::system_line(&held, server, written, unit.now())?;
    write::apply(unit, server, decision)?;
    Ok(())
}

fn audited(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
    action: &str,
    done: &AiSuggestions,
) -> Outcome<()> {
    let detail = format!("{}: {}", done.by, told(done));
    let subject = format!("conversation:{id}");
    Ok(record::audited(unit, actor, action, subject, Some(detail))?)
}

/// What was sorted by itself in a conversation.
pub(crate) fn sorted(
    conn: &mut dyn Conn,
    actor: &Actor,
    id: ConversationId,
) -> Outcome<(Sorted, AiSuggestions)> {
    load::conversation(conn, actor, id)?;
    let found = ai_sorting::of_conversation(conn, actor.account_id, id)?;
    let found = found.ok_or(Refusal::NotFound)?;
    let done = serde_json::from_str(&found.done.0).map_err(|_| UNREADABLE)?;
    Ok((found, done))
}

/// Takes back what was sorted by itself, as far as nobody has changed it since.
pub(crate) fn undo(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
) -> Outcome<(Sorted, AiSuggestions)> {
    policy::allows(actor, Permission::WorkConversations)?;
    let (mut kept, done) = sorted(unit.conn(), actor, id)?;
    if kept.undone_at.is_some() {
        return Err(Refusal::Conflict("It was taken back already.").into());
    }
    for it in &done.tags {
        if let Some(tag_id) = id_of::<TagId>(it) {
            label::untag(unit, actor, id, tag_id)?;
        }
    }
    let held = load::conversation(unit.conn(), actor, id)?;
    let team = done.team.as_ref().and_then(id_of::<TeamId>);
    if team.is_some() && held.team_id == team {
        let command = Assign {
            team: Field::Clear,
            ..Assign::default()
        };
        let decision = decide::assign(&held, actor, command, unit.now())?;
        write::apply(unit, actor, decision)?;
    }
    let held = load::conversation(unit.conn(), actor, id)?;
    if done.priority.is_some() && held.priority == Priority::High {
        let decision = decide::set_priority(&held, actor, Priority::Normal, unit.now())?;
        write::apply(unit, actor, decision)?;
    }
    let server = Actor::system(actor.account_id);
    let words = "What was sorted by the inbox's policy was taken back.".to_owned();
    line(unit, id, &server, words)?;
    ai_sorting::undo(unit, actor.account_id, id).map_err(Failure::from)?;
    kept.undone_at = Some(unit.now());
    audited(unit, actor, id, "conversation.sorting_undone", &done)?;
    Ok((kept, done))
}

fn id_of<T: std::str::FromStr>(it: &Suggested) -> Option<T> {
    it.id.as_deref().and_then(|id| id.parse().ok())
}
