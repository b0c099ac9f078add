//! How far drafts go by themselves: automatic replies, and topics that differ from their inbox.

use crate::failure::Outcome;
use crate::use_cases::{fields, record};
use frontdesk_db::queries::{ai_replies, ai_topics, inboxes, teams};
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::auto::{AutoReplies, Channel, LONGEST_WORDS, MOST_TURNS};
use frontdesk_domain::decide::Field;
use frontdesk_domain::policy::{self, Permission};
use frontdesk_domain::{Actor, AiMode, EntityKind, InboxId, Refusal, Source, TagId, TeamId};

/// What to change about automatic replies. What is not named stays; cleared texts are the defaults.
#[derive(Debug, Clone)]
pub(crate) struct ReplyChanges {
    pub(crate) max_turns: Option<i64>,
    pub(crate) apology: Field<String>,
    pub(crate) hand_off: Field<String>,
    pub(crate) channels: Field<Vec<Source>>,
    pub(crate) team_id: Field<TeamId>,
}

/// How automatic replies are given in an inbox.
pub(crate) fn replies(
    conn: &mut dyn Conn,
    actor: &Actor,
    inbox_id: InboxId,
) -> Outcome<AutoReplies> {
    policy::allows(actor, Permission::ReadDesk)?;
    inboxes::by_id(conn, actor.account_id, inbox_id)?.ok_or(Refusal::NotFound)?;
    Ok(ai_replies::of_inbox(conn, actor.account_id, inbox_id)?)
}

/// Changes how automatic replies are given.
pub(crate) fn change_replies(
    unit: &mut Unit<'_>,
    actor: &Actor,
    inbox_id: InboxId,
    changes: ReplyChanges,
) -> Outcome<AutoReplies> {
    policy::allows(actor, Permission::ManageInboxes)?;
    let mut settings = replies(unit.conn(), actor, inbox_id)?;
    let defaults = AutoReplies::of(actor.account_id, inbox_id);
    if let Some(turns) = changes.max_turns {
        if !(1..=MOST_TURNS).contains(&turns) {
            let problem = "must be from 1 to 20";
            return Err(Refusal::Invalid {
                field: "max_turns",
                problem,
            }
            .into());
        }
        settings.max_turns = turns;
    }
    set(
        &mut settings.apology,
        "apology",
        changes.apology,
        defaults.apology,
    )?;
    set(
        &mut settings.hand_off,
        "hand_off",
        changes.hand_off,
        defaults.hand_off,
    )?;
    match changes.channels {
        Field::Keep => {}
        Field::Clear => settings.channels = defaults.channels,
        Field::Set(wanted) => settings.channels = channels(&wanted)?,
    }
    match changes.team_id {
        Field::Keep => {}
        Field::Clear => settings.team_id = None,
        Field::Set(id) => {
            let team = teams::by_id(unit.conn(), actor.account_id, id)?;
            settings.team_id = Some(team.ok_or(Refusal::missing("team_id"))?.id);
        }
    }
    settings.updated_at = unit.now();
    ai_replies::set(unit, &settings)?;
    changed(unit, actor, inbox_id, "ai_replies.changed")?;
    Ok(settings)
}

/// The channels, each once, where they lead to a customer.
fn channels(wanted: &[Source]) -> Result<Vec<Source>, Refusal> {
    if wanted.iter().any(|it| Channel::of(*it) == Channel::Closed) {
        return Err(Refusal::Invalid {
            field: "channels",
            problem: "may name chat, email, sms, whatsapp, telegram, slack and custom",
        });
    }
    let all = Source::ALL.iter().copied();
    Ok(all.filter(|it| wanted.contains(it)).collect())
}

fn set(
    place: &mut String,
    field: &'static str,
    said: Field<String>,
    default: String,
) -> Result<(), Refusal> {
    match said {
        Field::Keep => {}
        Field::Clear => *place = default,
        Field::Set(text) => {
            let words = fields::prose(field, &text)?;
            if words.encode_utf16().count() > LONGEST_WORDS {
                let problem = "should be at most 1600 character(s), which every channel takes";
                return Err(Refusal::Invalid { field, problem });
            }
            *place = words;
        }
    }
    Ok(())
}

/// The topics of an inbox that differ from it.
pub(crate) fn topics(
    conn: &mut dyn Conn,
    actor: &Actor,
    inbox_id: InboxId,
) -> Outcome<Vec<(TagId, AiMode)>> {
    policy::allows(actor, Permission::ReadDesk)?;
    inboxes::by_id(conn, actor.account_id, inbox_id)?.ok_or(Refusal::NotFound)?;
    Ok(ai_topics::of_inbox(conn, actor.account_id, inbox_id)?)
}

/// Says which topics differ from their inbox, in place of what was said before.
pub(crate) fn set_topics(
    unit: &mut Unit<'_>,
    actor: &Actor,
    inbox_id: InboxId,
    wanted: &[(TagId, AiMode)],
) -> Outcome<Vec<(TagId, AiMode)>> {
    policy::allows(actor, Permission::ManageInboxes)?;
    topics(unit.conn(), actor, inbox_id)?;
    let kept = ai_topics::set(unit, actor.account_id, inbox_id, wanted)?;
    if usize::try_from(kept).ok() != Some(wanted.len()) {
        return Err(Refusal::missing("tag_id").into());
    }
    changed(unit, actor, inbox_id, "ai_topics.changed")?;
    topics(unit.conn(), actor, inbox_id)
}

fn changed(unit: &mut Unit<'_>, actor: &Actor, inbox_id: InboxId, action: &str) -> Outcome<()> {
    record::changed(unit, actor, EntityKind::Inbox, &inbox_id)?;
    let subject = format!("inbox:{inbox_id}");
    Ok(record::audited(unit, actor, action, subject, None)?)
}
