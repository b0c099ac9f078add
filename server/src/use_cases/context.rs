//! What a company tells those who write in its name.

use crate::failure::Outcome;
use crate::use_cases::record;
use crate::use_cases::settings::put;
use frontdesk_db::Unit;
use frontdesk_db::queries::business_contexts;
use frontdesk_domain::context::BusinessContext;
use frontdesk_domain::decide::Field;
use frontdesk_domain::json::Json;
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{Actor, EntityKind};

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
    let mut context = business_contexts::by_account(unit.conn(), id)?.unwrap_or(BusinessContext {
        account_id: id,
        business_name: None,
        business_description: None,
        services: None,
        scheduling_link: None,
        faqs: None,
        additional_context: None,
        created_at: now,
        updated_at: now,
    });
    put(&mut context.business_name, changes.business_name);
    put(
        &mut context.business_description,
        changes.business_description,
    );
    put(&mut context.services, changes.services);
    put(&mut context.scheduling_link, changes.scheduling_link);
    put(&mut context.faqs, changes.faqs);
    put(&mut context.additional_context, changes.additional_context);
    context.updated_at = now;
    business_contexts::upsert(unit, &context)?;
    record::changed(unit, actor, EntityKind::BusinessContext, &id)?;
    let subject = format!("account:{id}");
    record::audited(unit, actor, "business_context.changed", subject, None)?;
    Ok(context)
}
