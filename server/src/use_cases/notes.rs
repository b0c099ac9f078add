//! Agents' notes about customers. They never reach the customer.

use crate::failure::Outcome;
use crate::use_cases::nouns::{Noun, Rows};
use crate::use_cases::{fields, load};
use frontdesk_db::Unit;
use frontdesk_db::queries::notes;
use frontdesk_domain::note::Note;
use frontdesk_domain::policy::Permission;
use frontdesk_domain::{Actor, CustomerId, EntityKind, NoteId, Refusal};

/// What is said about a note.
#[derive(Debug, Clone, Default)]
pub(crate) struct NoteFields {
    pub(crate) body: Option<String>,
    /// Whom the note is about; settled once it is written.
    pub(crate) customer_id: Option<CustomerId>,
}

impl Noun for Note {
    type Id = NoteId;
    type Fields = NoteFields;

    const KIND: EntityKind = EntityKind::Note;
    const CHANGE: Permission = Permission::WorkConversations;
    const ROWS: Rows<Self> = Rows {
        by_id: notes::by_id,
        insert: notes::insert,
        update: notes::update,
        delete: notes::delete,
    };

    fn id(&self) -> NoteId {
        self.id
    }

    fn make(unit: &mut Unit<'_>, actor: &Actor, fields: NoteFields) -> Outcome<Self> {
        let body = fields::required("body", fields.body.as_deref())?;
        let customer_id = fields::required("customer_id", fields.customer_id)?;
        let customer = load::standing_customer(unit.conn(), actor, customer_id)
            .map_err(|failure| failure.refused_as(Refusal::missing("customer_id")))?;
        Ok(Self {
            id: NoteId::random(),
            account_id: actor.account_id,
            customer_id: customer.id,
            author_id: actor.user_id().ok_or(Refusal::Forbidden)?,
            body: fields::prose("body", body)?,
            content_type: "text".to_owned(),
            created_at: unit.now(),
            updated_at: unit.now(),
        })
    }

    fn set(&mut self, unit: &mut Unit<'_>, _: &Actor, fields: NoteFields) -> Outcome<()> {
        if let Some(body) = fields.body {
            self.body = fields::prose("body", &body)?;
        }
        self.updated_at = unit.now();
        Ok(())
    }
}
