//! Addresses that forward mail to an inbox.

use crate::failure::Outcome;
use crate::use_cases::nouns::{Noun, Rows};
use crate::use_cases::{fields, record, users};
use frontdesk_db::Unit;
use frontdesk_db::queries::forwarding_addresses as rows;
use frontdesk_domain::decide::Field;
use frontdesk_domain::policy::Permission;
use frontdesk_domain::settings::ForwardingAddress;
use frontdesk_domain::{Actor, EntityKind, ForwardingAddressId, Refusal};

/// What is said about an address.
#[derive(Debug, Clone, Default)]
pub(crate) struct ForwardingFields {
    pub(crate) forwarding_email_address: Option<String>,
    pub(crate) source_email_address: Field<String>,
    pub(crate) state: Field<String>,
    pub(crate) description: Field<String>,
}

fn address(field: &'static str, text: &str) -> Result<String, Refusal> {
    users::email(text).map_err(|refusal| match refusal {
        Refusal::Invalid { problem, .. } => Refusal::Invalid { field, problem },
        other => other,
    })
}

impl Noun for ForwardingAddress {
    type Id = ForwardingAddressId;
    type Fields = ForwardingFields;

    const KIND: EntityKind = EntityKind::ForwardingAddress;
    const CHANGE: Permission = Permission::ManageInboxes;
    const DELETE: Permission = Permission::ManageInboxes;
    const ROWS: Rows<Self> = Rows {
        by_id: rows::by_id,
        insert: rows::insert,
        update: rows::update,
        delete: rows::delete,
    };

    fn id(&self) -> ForwardingAddressId {
        self.id
    }

    fn make(unit: &mut Unit<'_>, actor: &Actor, fields: ForwardingFields) -> Outcome<Self> {
        let field = "forwarding_email_address";
        fields::required(field, fields.forwarding_email_address.as_ref())?;
        let mut it = Self {
            id: ForwardingAddressId::random(),
            account_id: actor.account_id,
            forwarding_email_address: String::new(),
            source_email_address: None,
            state: None,
            description: None,
            created_at: unit.now(),
            updated_at: unit.now(),
        };
        it.set(unit, actor, fields)?;
        Ok(it)
    }

    fn set(&mut self, unit: &mut Unit<'_>, actor: &Actor, said: ForwardingFields) -> Outcome<()> {
        if let Some(text) = said.forwarding_email_address {
            self.forwarding_email_address = address("forwarding_email_address", &text)?;
        }
        match said.source_email_address {
            Field::Keep => {}
            Field::Clear => self.source_email_address = None,
            Field::Set(text) => {
                self.source_email_address = Some(address("source_email_address", &text)?);
            }
        }
        fields::set_line(&mut self.state, "state", said.state)?;
        fields::set_prose(&mut self.description, "description", said.description)?;
        self.updated_at = unit.now();
        let subject = format!("{}:{}", Self::KIND, self.id);
        Ok(record::audited(
            unit,
            actor,
            "forwarding_address.changed",
            subject,
            None,
        )?)
    }
}
