//! What lies beside the threads: drafts to approve, notes about customers, kept replies, what the
//! company tells the AI, and a customer who had been two.

use super::SeedError;
use super::cast::{CANNED, REMARKS};
use super::desk::Desk;
use super::plan::Planned;
use super::play::{carry_out, tell};
use super::random::Random;
use frontdesk_db::queries::{
    business_contexts, canned_responses, conversations, customers, drafts, notes,
};
use frontdesk_db::{DbError, Unit};
use frontdesk_domain::canned::CannedResponse;
use frontdesk_domain::context::BusinessContext;
use frontdesk_domain::decide::{self, Consent, MergeCustomers};
use frontdesk_domain::draft::Draft;
use frontdesk_domain::json::Json;
use frontdesk_domain::note::Note;
use frontdesk_domain::{
    CannedResponseId, ConversationId, Customer, CustomerId, DraftId, DraftState, EntityKind,
    EventDraft, EventKind, MergeId, NoteId, Status, Timestamp,
};

/// Who proposed the drafts of the example desk: they came with it, and no model was asked.
pub(super) const ORIGIN: &str = "example";

const FAQS: &str = r#"[{"q":"How long does a return take?","a":"Five working days after it reaches us; the way back is free for 60 days."},{"q":"Do you repair?","a":"Yes, in our own workshop in Utrecht. Seams and zips are free for five years."},{"q":"Do you ship abroad?","a":"To all of Europe, Norway and Japan. Taxes are collected in the basket."}]"#;

/// Adds all of it.
pub(super) fn extras(
    unit: &mut Unit<'_>,
    random: &mut Random,
    desk: &Desk,
    planned: &[Planned],
    now: Timestamp,
) -> Result<(), SeedError> {
    add_canned(unit, random, desk)?;
    add_context(unit, desk)?;
    add_notes(unit, random, desk)?;
    add_drafts(unit, desk, planned, now)?;
    merge_twins(unit, random, desk, now)
}

fn add_canned(unit: &mut Unit<'_>, random: &mut Random, desk: &Desk) -> Result<(), DbError> {
    for (name, content) in CANNED {
        let it = CannedResponse {
            id: CannedResponseId(random.id()),
            account_id: desk.account.id,
            name: (*name).to_owned(),
            content: (*content).to_owned(),
            created_at: desk.account.created_at,
            updated_at: desk.account.created_at,
        };
        canned_responses::insert(unit, &it)?;
        desk.changed(unit, EntityKind::CannedResponse, &it.id)?;
    }
    Ok(())
}

fn add_context(unit: &mut Unit<'_>, desk: &Desk) -> Result<(), DbError> {
    let account = &desk.account;
    let it = BusinessContext {
        account_id: account.id,
        business_name: Some(account.company_name.clone()),
        business_description: Some(
            "Clothes and gear for walking, paddling and sleeping outside.".to_owned(),
        ),
        services: Some(Json(r#"["Shop","Repairs","Kayak rental"]"#.to_owned())),
        scheduling_link: None,
        faqs: Some(Json(FAQS.to_owned())),
        additional_context: Some(
            "Be warm and short. Never promise a date we do not know.".to_owned(),
        ),
        created_at: account.created_at,
        updated_at: account.created_at,
    };
    business_contexts::upsert(unit, &it)?;
    desk.changed(unit, EntityKind::BusinessContext, &account.id)
}

fn add_notes(unit: &mut Unit<'_>, random: &mut Random, desk: &Desk) -> Result<(), DbError> {
    for customer in desk.customers.iter().step_by(4) {
        let author = &desk.users[0];
        let it = Note {
            id: NoteId(random.id()),
            account_id: desk.account.id,
            customer_id: customer.id,
            author_id: author.id,
            body: (*random.pick(REMARKS)).to_owned(),
            content_type: "text".to_owned(),
            created_at: desk.account.created_at,
            updated_at: desk.account.created_at,
        };
        notes::insert(unit, &it)?;
        desk.changed(unit, EntityKind::Note, &it.id)?;
    }
    Ok(())
}

/// A draft for each open conversation whose thread stopped before an agent's answer.
fn add_drafts(
    unit: &mut Unit<'_>,
    desk: &Desk,
    planned: &[Planned],
    now: Timestamp,
) -> Result<(), DbError> {
    for plan in planned {
        let Some((id, body)) = &plan.draft else {
            continue;
        };
        let found = conversations::by_id(unit.conn(), desk.account.id, ConversationId(plan.id))?;
        let open = found.filter(|it| it.status == Status::Open && it.waiting_since.is_some());
        let Some(conversation) = open else { continue };
        let at = conversation.last_activity_at.unwrap_or(now);
        let it = Draft {
            id: DraftId(*id),
            account_id: desk.account.id,
            conversation_id: conversation.id,
            state: DraftState::Ready,
            body: Some(body.clone()),
            made: Some(body.clone()),
            based_on_seq: conversation.last_message_seq,
            origin: ORIGIN.to_owned(),
            sources: None,
            hint: None,
            reason: None,
            decided_by: None,
            message_id: None,
            kept: None,
            compared: None,
            version: 1,
            created_at: at,
            updated_at: at,
        };
        drafts::insert(unit, &it)?;
        let event = EventDraft::within(EventKind::DraftUpdated, conversation.id, *id);
        tell(unit, desk, event)?;
    }
    Ok(())
}

/// Somebody who had written under two addresses becomes one.
fn merge_twins(
    unit: &mut Unit<'_>,
    random: &mut Random,
    desk: &Desk,
    now: Timestamp,
) -> Result<(), SeedError> {
    let Some(into) = desk.customers.first() else {
        return Ok(());
    };
    let twin = Customer {
        name: into.name.clone(),
        email: Some("customer1@work.example".to_owned()),
        ..Customer::new(CustomerId(random.id()), desk.account.id, into.created_at)
    };
    customers::insert(unit, &twin)?;
    let event = EventDraft::about(EventKind::CustomerCreated, twin.id.0);
    tell(unit, desk, event)?;
    let admin = desk.actor(0);
    let command = MergeCustomers {
        id: MergeId(random.id()),
        from: &twin,
        from_conversations: &[],
        into,
        consent: Consent::Ordinary,
    };
    carry_out(
        unit,
        &admin,
        decide::merge_customers(&admin, &command, now)?,
    )
}
