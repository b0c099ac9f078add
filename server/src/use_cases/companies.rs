//! Companies that customers belong to.

use crate::failure::Outcome;
use crate::use_cases::fields;
use crate::use_cases::nouns::{Noun, Rows};
use frontdesk_db::Unit;
use frontdesk_db::queries::companies;
use frontdesk_domain::company::Company;
use frontdesk_domain::decide::Field;
use frontdesk_domain::json::Json;
use frontdesk_domain::{Actor, CompanyId, EntityKind};

/// What is said about a company.
#[derive(Debug, Clone, Default)]
pub(crate) struct CompanyFields {
    pub(crate) name: Option<String>,
    pub(crate) external_id: Field<String>,
    pub(crate) website_url: Field<String>,
    pub(crate) description: Field<String>,
    pub(crate) logo_image_url: Field<String>,
    pub(crate) industry: Field<String>,
    pub(crate) slack_channel_id: Field<String>,
    pub(crate) slack_channel_name: Field<String>,
    pub(crate) slack_team_id: Field<String>,
    pub(crate) slack_team_name: Field<String>,
    pub(crate) metadata: Field<Json>,
}

impl Noun for Company {
    type Id = CompanyId;
    type Fields = CompanyFields;

    const KIND: EntityKind = EntityKind::Company;
    const ROWS: Rows<Self> = Rows {
        by_id: companies::by_id,
        insert: companies::insert,
        update: companies::update,
        delete: companies::delete,
    };

    fn id(&self) -> CompanyId {
        self.id
    }

    fn make(unit: &mut Unit<'_>, actor: &Actor, fields: CompanyFields) -> Outcome<Self> {
        fields::required("name", fields.name.as_ref())?;
        let mut company = Self {
            id: CompanyId::random(),
            account_id: actor.account_id,
            name: String::new(),
            external_id: None,
            website_url: None,
            description: None,
            logo_image_url: None,
            industry: None,
            slack_channel_id: None,
            slack_channel_name: None,
            slack_team_id: None,
            slack_team_name: None,
            metadata: None,
            created_at: unit.now(),
            updated_at: unit.now(),
        };
        company.set(unit, actor, fields)?;
        Ok(company)
    }

    fn set(&mut self, unit: &mut Unit<'_>, _: &Actor, said: CompanyFields) -> Outcome<()> {
        if let Some(name) = said.name {
            self.name = fields::line("name", &name)?;
        }
        fields::set_prose(&mut self.description, "description", said.description)?;
        fields::set_prose(
            &mut self.logo_image_url,
            "logo_image_url",
            said.logo_image_url,
        )?;
        fields::set_prose(&mut self.website_url, "website_url", said.website_url)?;
        for (kept, field, value) in [
            (&mut self.external_id, "external_id", said.external_id),
            (&mut self.industry, "industry", said.industry),
            (
                &mut self.slack_channel_id,
                "slack_channel_id",
                said.slack_channel_id,
            ),
            (
                &mut self.slack_channel_name,
                "slack_channel_name",
                said.slack_channel_name,
            ),
            (&mut self.slack_team_id, "slack_team_id", said.slack_team_id),
            (
                &mut self.slack_team_name,
                "slack_team_name",
                said.slack_team_name,
            ),
        ] {
            fields::set_line(kept, field, value)?;
        }
        fields::set_plain(&mut self.metadata, said.metadata);
        self.updated_at = unit.now();
        Ok(())
    }
}
