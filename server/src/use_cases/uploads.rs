//! Somebody sends a file; its bytes are on the disk already.

use crate::failure::Outcome;
use frontdesk_db::Unit;
use frontdesk_db::queries::{accounts, customers, events, files};
use frontdesk_domain::file::File;
use frontdesk_domain::{EntityKind, EventDraft, EventKind, Refusal};

/// Makes the file known.
pub(crate) fn upload(unit: &mut Unit<'_>, file: &File) -> Outcome<()> {
    let account_id = file.account_id;
    accounts::by_id(unit.conn(), account_id)?.ok_or(Refusal::missing("account_id"))?;
    if let Some(id) = file.customer_id {
        let found = customers::by_id(unit.conn(), account_id, id)?;
        found.ok_or(Refusal::missing("customer_id"))?;
    }
    files::insert(unit, file)?;
    let draft = EventDraft::entity(EventKind::EntityChanged, EntityKind::File, &file.id);
    events::emit(unit, account_id, file.user_id, draft)?;
    Ok(())
}
