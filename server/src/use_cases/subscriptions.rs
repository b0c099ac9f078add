//! Outgoing webhooks, as they are kept. A changed address has to prove itself anew.

use crate::failure::Outcome;
use crate::use_cases::nouns::{Noun, Rows};
use crate::use_cases::{fields, record};
use axum::http::Uri;
use frontdesk_db::Unit;
use frontdesk_db::queries::event_subscriptions as rows;
use frontdesk_domain::decide::Field;
use frontdesk_domain::policy::Permission;
use frontdesk_domain::webhook::Subscription;
use frontdesk_domain::{Actor, EntityKind, Refusal, SubscriptionId};

/// What is said about a webhook.
#[derive(Debug, Clone, Default)]
pub(crate) struct SubscriptionFields {
    pub(crate) webhook_url: Option<String>,
    pub(crate) scope: Field<String>,
}

/// Longer addresses are nobody's honest wish.
const LONGEST_URL: usize = 2000;

/// An address that can be called.
fn url(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::Invalid {
            field: "webhook_url",
            problem: "can't be blank",
        });
    }
    let uri: Option<Uri> = text.parse().ok();
    let is_web = uri.is_some_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(|host| !host.is_empty())
            // A password in an address would be shown to whoever lists the webhooks.
            && uri.authority().is_some_and(|it| !it.as_str().contains('@'))
    });
    if is_web && text.len() <= LONGEST_URL {
        Ok(text.to_owned())
    } else {
        Err(Refusal::invalid("webhook_url"))
    }
}

impl Noun for Subscription {
    type Id = SubscriptionId;
    type Fields = SubscriptionFields;

    const KIND: EntityKind = EntityKind::EventSubscription;
    const CHANGE: Permission = Permission::ManageIntegrations;
    const DELETE: Permission = Permission::ManageIntegrations;
    const ROWS: Rows<Self> = Rows {
        by_id: rows::by_id,
        insert: rows::insert,
        update: rows::update,
        delete: rows::delete,
    };

    fn id(&self) -> SubscriptionId {
        self.id
    }

    fn make(unit: &mut Unit<'_>, actor: &Actor, fields: SubscriptionFields) -> Outcome<Self> {
        fields::required("webhook_url", fields.webhook_url.as_ref())?;
        let mut it = Self {
            id: SubscriptionId::random(),
            account_id: actor.account_id,
            webhook_url: String::new(),
            verified: false,
            scope: None,
            created_at: unit.now(),
            updated_at: unit.now(),
        };
        it.set(unit, actor, fields)?;
        Ok(it)
    }

    fn set(
        &mut self,
        unit: &mut Unit<'_>,
        actor: &Actor,
        fields: SubscriptionFields,
    ) -> Outcome<()> {
        if let Some(text) = fields.webhook_url {
            let url = url(&text)?;
            self.verified &= url == self.webhook_url;
            self.webhook_url = url;
        }
        fields::set_line(&mut self.scope, "scope", fields.scope)?;
        self.updated_at = unit.now();
        let subject = format!("{}:{}", Self::KIND, self.id);
        Ok(record::audited(
            unit,
            actor,
            "event_subscription.changed",
            subject,
            None,
        )?)
    }
}
