//! What a company tells those who write in its name.

use crate::failure::Outcome;
use crate::use_cases::fields::set_prose;
use crate::use_cases::record;
use crate::use_cases::settings::put;
use frontdesk_db::queries::{business_contexts, inbox_contexts, inboxes};
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::context::{BusinessContext, InboxContext};
use frontdesk_domain::decide::Field;
use frontdesk_domain::json::Json;
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{AccountId, Actor, EntityKind, InboxId, Refusal, Timestamp};

/// What to change. The values have been checked; what is not named stays.
#[derive(Debug, Clone)]
pub(crate) struct ContextChanges {
    pub(crate) business_name: Field<String>,
    pub(crate) business_description: Field<String>,
    pub(crate) services: Field<Json>,
    pub(crate) scheduling_link: Field<String>,
    pub(crate) faqs: Field<Json>,
    pub(crate) additional_context: Field<String>,
}

/// Changes what the account tells.
pub(crate) fn change_context(
    unit: &mut Unit<'_>,
    actor: &Actor,
    changes: ContextChanges,
) -> Outcome<BusinessContext> {
    allows(actor, Permission::ManageSettings)?;
    let id = actor.account_id;
    let now = unit.now();
    let known = business_contexts::by_account(unit.conn(), id)?;
    let mut context = known.unwrap_or_else(|| nothing(id, now));
    apply(&mut context, changes);
    context.updated_at = now;
    business_contexts::upsert(unit, &context)?;
    record::changed(unit, actor, EntityKind::BusinessContext, &id)?;
    let subject = format!("account:{id}");
    record::audited(unit, actor, "business_context.changed", subject, None)?;
    Ok(context)
}

/// What models are told about an inbox.
pub(crate) fn of_inbox(
    conn: &mut dyn Conn,
    actor: &Actor,
    inbox_id: InboxId,
) -> Outcome<InboxContext> {
    allows(actor, Permission::ReadDesk)?;
    let id = actor.account_id;
    inboxes::by_id(conn, id, inbox_id)?.ok_or(Refusal::NotFound)?;
    let known = inbox_contexts::of_inbox(conn, id, inbox_id)?;
    Ok(known.unwrap_or_else(|| InboxContext {
        inbox_id,
        context: nothing(id, Timestamp(0)),
        instructions: None,
    }))
}

/// Changes what models are told about an inbox.
pub(crate) fn change_inbox(
    unit: &mut Unit<'_>,
    actor: &Actor,
    inbox_id: InboxId,
    changes: ContextChanges,
    instructions: Field<String>,
) -> Outcome<InboxContext> {
    allows(actor, Permission::ManageInboxes)?;
    let mut known = of_inbox(unit.conn(), actor, inbox_id)?;
    apply(&mut known.context, changes);
    set_prose(&mut known.instructions, "instructions", instructions)?;
    known.context.updated_at = unit.now();
    inbox_contexts::upsert(unit, &known)?;
    record::changed(unit, actor, EntityKind::Inbox, &inbox_id)?;
    let subject = format!("inbox:{inbox_id}");
    record::audited(unit, actor, "inbox_context.changed", subject, None)?;
    Ok(known)
}

fn nothing(account_id: AccountId, now: Timestamp) -> BusinessContext {
    BusinessContext {
        account_id,
        business_name: None,
        business_description: None,
        services: None,
        scheduling_link: None,
        faqs: None,
        additional_context: None,
        created_at: now,
        updated_at: now,
    }
}

fn apply(context: &mut BusinessContext, changes: ContextChanges) {
    put(&mut context.business_name, changes.business_name);
    put(
        &mut context.business_description,
        changes.business_description,
    );
    put(&mut context.services, changes.services);
    put(&mut context.scheduling_link, changes.scheduling_link);
    put(&mut context.faqs, changes.faqs);
    put(&mut context.additional_context, changes.additional_context);
}
