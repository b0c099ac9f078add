//! Tags.

use crate::failure::Outcome;
use crate::use_cases::fields;
use crate::use_cases::nouns::{Noun, Rows};
use frontdesk_db::Unit;
use frontdesk_db::queries::tags;
use frontdesk_domain::decide::Field;
use frontdesk_domain::tag::Tag;
use frontdesk_domain::{Actor, EntityKind, TagId};

/// What is said about a tag.
#[derive(Debug, Clone, Default)]
pub(crate) struct TagFields {
    pub(crate) name: Option<String>,
    pub(crate) description: Field<String>,
    pub(crate) color: Field<String>,
}

impl Noun for Tag {
    type Id = TagId;
    type Fields = TagFields;

    const KIND: EntityKind = EntityKind::Tag;
    const ROWS: Rows<Self> = Rows {
        by_id: tags::by_id,
        insert: tags::insert,
        update: tags::update,
        delete: tags::delete,
    };

    fn id(&self) -> TagId {
        self.id
    }

    fn make(unit: &mut Unit<'_>, actor: &Actor, fields: TagFields) -> Outcome<Self> {
        fields::required("name", fields.name.as_ref())?;
        let mut tag = Self {
            id: TagId::random(),
            account_id: actor.account_id,
            name: String::new(),
            description: None,
            color: None,
            created_at: unit.now(),
            updated_at: unit.now(),
        };
        tag.set(unit, actor, fields)?;
        Ok(tag)
    }

    fn set(&mut self, unit: &mut Unit<'_>, _: &Actor, fields: TagFields) -> Outcome<()> {
        if let Some(name) = fields.name {
            self.name = fields::line("name", &name)?;
        }
        fields::set_prose(&mut self.description, "description", fields.description)?;
        fields::set_line(&mut self.color, "color", fields.color)?;
        self.updated_at = unit.now();
        Ok(())
    }
}
