//! What a change of a setting leaves behind: its event, and its line in the audit log.

use frontdesk_db::queries::{audit, events};
use frontdesk_db::{DbError, Unit};
use frontdesk_domain::change::AuditEntry;
use frontdesk_domain::{Actor, EntityKind, EventDraft, EventKind};

/// Tells everybody that a shared thing is new or different.
pub(crate) fn changed(
    unit: &mut Unit<'_>,
    actor: &Actor,
    kind: EntityKind,
    id: &impl ToString,
) -> Result<(), DbError> {
    told(unit, actor, EventKind::EntityChanged, kind, id)
}

/// Tells everybody what happened to a shared thing.
pub(crate) fn told(
    unit: &mut Unit<'_>,
    actor: &Actor,
    what: EventKind,
    kind: EntityKind,
    id: &impl ToString,
) -> Result<(), DbError> {
    let draft = EventDraft::entity(what, kind, id);
    events::emit(unit, actor.account_id, actor.user_id(), draft).map(|_| ())
}

/// Writes a line of the audit log. Secrets have no place in it.
pub(crate) fn audited(
    unit: &mut Unit<'_>,
    actor: &Actor,
    action: &str,
    subject: String,
    detail: Option<String>,
) -> Result<(), DbError> {
    let entry = AuditEntry {
        user_id: actor.user_id(),
        action: action.to_owned(),
        subject,
        detail,
        ..AuditEntry::default()
    };
    audit::append(unit, actor, &entry)
}
