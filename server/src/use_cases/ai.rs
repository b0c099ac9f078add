//! Drafts the server makes, as people ask for them.

use crate::failure::Outcome;
use crate::use_cases::{draft, load, record};
use frontdesk_db::queries::{ai_modes, drafts, inboxes, jobs, messages};
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::draft::Draft;
use frontdesk_domain::policy::{self, Permission};
use frontdesk_domain::{
    Actor, AiMode, ConversationId, DraftState, EntityKind, InboxId, Message, Refusal, ai,
};

/// How much of a thread is looked at.
pub(crate) const THREAD: i64 = 40;

/// What an agent asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) conversation_id: ConversationId,
    /// What shall be different from the draft that stands there.
    pub(crate) hint: Option<String>,
    pub(crate) maker: Maker,
}

/// Who would make it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Maker {
    Model,
    /// The suggester, which takes texts as they are.
    BuiltIn,
}

/// Has a draft made. One that is being made already is the answer.
pub(crate) fn request(unit: &mut Unit<'_>, actor: &Actor, asked: Asked) -> Outcome<Draft> {
    let id = asked.conversation_id;
    policy::allows(actor, Permission::WorkConversations)?;
    let held = load::conversation(unit.conn(), actor, id)?;
    if held.merged_into.is_some() {
        return Err(Refusal::Conflict("The conversation was merged into another.").into());
    }
    let mode = ai_modes::of_conversation(unit.conn(), actor.account_id, id)?;
    if mode == AiMode::Off {
        return Err(Refusal::Conflict("Drafts are switched off for this inbox.").into());
    }
    if asked.maker == Maker::BuiltIn && asked.hint.is_some() {
        let why = "Without a model a text is taken as it is, and cannot be written another way.";
        return Err(Refusal::Conflict(why).into());
    }
    let there = drafts::of_conversation(unit.conn(), actor.account_id, id)?;
    let begun = there
        .into_iter()
        .find(|it| it.state == DraftState::Generating);
    if let Some(begun) = begun {
        return Ok(begun);
    }
    let thread = thread(unit.conn(), id)?;
    let Some(newest) = ai::newest(&thread) else {
        return Err(Refusal::Conflict("There is nothing to answer yet.").into());
    };
    let asked = Draft {
        hint: asked.hint,
        ..Draft::to_make(actor.account_id, id, newest.seq, unit.now())
    };
    drafts::insert(unit, &asked)?;
    draft::told(unit, actor, &asked)?;
    jobs::enqueue(unit, &jobs::suggest(actor.account_id, id))?;
    Ok(asked)
}

/// The newest messages of a thread, oldest first.
pub(crate) fn thread(conn: &mut dyn Conn, id: ConversationId) -> Outcome<Vec<Message>> {
    let found = messages::latest(conn, id, THREAD)?;
    Ok(found.into_iter().map(|it| it.message).collect())
}

/// Who begins drafts in each inbox.
pub(crate) fn modes(conn: &mut dyn Conn, actor: &Actor) -> Outcome<Vec<(InboxId, AiMode)>> {
    policy::allows(actor, Permission::ReadDesk)?;
    let said = ai_modes::of_account(conn, actor.account_id)?;
    let inboxes = inboxes::of_account(conn, actor.account_id)?;
    let modes = inboxes.into_iter().map(|inbox| {
        let mode = said.iter().find(|(id, _)| *id == inbox.id);
        (inbox.id, mode.map_or(ai::DEFAULT_MODE, |(_, mode)| *mode))
    });
    Ok(modes.collect())
}

/// Sets who begins drafts in an inbox.
pub(crate) fn set_mode(
    unit: &mut Unit<'_>,
    actor: &Actor,
    inbox_id: InboxId,
    mode: AiMode,
) -> Outcome<()> {
    policy::allows(actor, Permission::ManageInboxes)?;
    let found = inboxes::by_id(unit.conn(), actor.account_id, inbox_id)?;
    found.ok_or(Refusal::NotFound)?;
    ai_modes::set(unit, actor.account_id, inbox_id, mode)?;
    record::changed(unit, actor, EntityKind::Inbox, &inbox_id)?;
    let subject = format!("inbox:{inbox_id}");
    let detail = Some(mode.to_string());
    Ok(record::audited(
        unit,
        actor,
        "ai_mode.changed",
        subject,
        detail,
    )?)
}
