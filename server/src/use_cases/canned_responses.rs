//! Replies kept for reuse.

use crate::failure::Outcome;
use crate::use_cases::fields;
use crate::use_cases::nouns::{Noun, Rows};
use frontdesk_db::Unit;
use frontdesk_db::queries::canned_responses as rows;
use frontdesk_domain::canned::CannedResponse;
use frontdesk_domain::{Actor, CannedResponseId, EntityKind};

/// What is said about a canned response.
#[derive(Debug, Clone, Default)]
pub(crate) struct CannedResponseFields {
    pub(crate) name: Option<String>,
    pub(crate) content: Option<String>,
}

impl Noun for CannedResponse {
    type Id = CannedResponseId;
    type Fields = CannedResponseFields;

    const KIND: EntityKind = EntityKind::CannedResponse;
    const ROWS: Rows<Self> = Rows {
        by_id: rows::by_id,
        insert: rows::insert,
        update: rows::update,
        delete: rows::delete,
    };

    fn id(&self) -> CannedResponseId {
        self.id
    }

    fn make(unit: &mut Unit<'_>, actor: &Actor, fields: CannedResponseFields) -> Outcome<Self> {
        fields::required("name", fields.name.as_ref())?;
        fields::required("content", fields.content.as_ref())?;
        let mut it = Self {
            id: CannedResponseId::random(),
            account_id: actor.account_id,
            name: String::new(),
            content: String::new(),
            created_at: unit.now(),
            updated_at: unit.now(),
        };
        it.set(unit, actor, fields)?;
        Ok(it)
    }

    fn set(&mut self, unit: &mut Unit<'_>, _: &Actor, fields: CannedResponseFields) -> Outcome<()> {
        if let Some(name) = fields.name {
            self.name = fields::line("name", &name)?;
        }
        if let Some(content) = fields.content {
            self.content = fields::prose("content", &content)?;
        }
        self.updated_at = unit.now();
        Ok(())
    }
}
