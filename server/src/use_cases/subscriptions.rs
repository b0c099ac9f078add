//! Outgoing webhooks, as they are kept. Whoever adds or changes one has its address prove itself
//! first: an address that does not answer the challenge is kept and told of nothing.

use crate::failure::Outcome;
use crate::use_cases::nouns::{self, Noun, Rows};
use crate::use_cases::{fields, record};
use crate::vault::{Home, Secret, Vault};
use crate::work::{begin_telling, webhook};
use axum::http::Uri;
use frontdesk_db::queries::sealed::WEBHOOK_SECRET;
use frontdesk_db::queries::{event_subscriptions as rows, jobs, webhook_calls};
use frontdesk_db::{Conn, DbError, Unit};
use frontdesk_domain::decide::Field;
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::webhook::Subscription;
use frontdesk_domain::{AccountId, Actor, CallId, EntityKind, Refusal, SubscriptionId};

/// What is said about a webhook.
#[derive(Debug, Clone, Default)]
pub(crate) struct SubscriptionFields {
    pub(crate) webhook_url: Option<String>,
    pub(crate) scope: Field<String>,
    /// The address that has just proved itself.
    pub(crate) proven: Option<String>,
}

/// Longer addresses are nobody's honest wish.
const LONGEST_URL: usize = 2000;

/// An address that can be called.
pub(crate) fn url(text: &str) -> Result<String, Refusal> {
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
            failures: 0,
            failing_since: None,
            disabled_at: None,
            disabled_reason: None,
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
            self.webhook_url = url;
        }
        self.verified = fields.proven.as_ref() == Some(&self.webhook_url);
        if self.verified {
            self.failures = 0;
            self.failing_since = None;
            self.disabled_at = None;
            self.disabled_reason = None;
            begin_telling(unit, actor.account_id)?;
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

/// Replaces what a webhook's calls are signed with, and leaves a line about it.
pub(crate) fn set_secret(
    unit: &mut Unit<'_>,
    actor: &Actor,
    vault: &Vault,
    id: SubscriptionId,
    secret: &Secret,
) -> Outcome<()> {
    allows(actor, Permission::ManageIntegrations)?;
    nouns::load::<Subscription>(unit.conn(), actor, id)?;
    keep_secret(unit, vault, actor.account_id, id, secret)?;
    let subject = format!("{}:{id}", Subscription::KIND);
    let action = "event_subscription.secret_changed";
    Ok(record::audited(unit, actor, action, subject, None)?)
}

/// Seals and stores what a webhook's calls are signed with.
pub(crate) fn keep_secret(
    unit: &mut Unit<'_>,
    vault: &Vault,
    account_id: AccountId,
    id: SubscriptionId,
    secret: &Secret,
) -> Result<(), DbError> {
    let sealed = vault.seal(&secret_home(account_id, id), secret);
    rows::set_secret(unit, account_id, id, &sealed)
}

/// What a webhook's calls are signed with.
pub(crate) fn secret(
    conn: &mut dyn Conn,
    vault: &Vault,
    account_id: AccountId,
    id: SubscriptionId,
) -> Outcome<Option<Secret>> {
    let Some(sealed) = rows::secret(conn, account_id, id)? else {
        return Ok(None);
    };
    Ok(Some(vault.open(&secret_home(account_id, id), &sealed)?))
}

fn secret_home(account_id: AccountId, id: SubscriptionId) -> Home {
    Home {
        column: &WEBHOOK_SECRET,
        account_id,
        row: id.0,
    }
}

/// Lets a call be made again that has ended, well or not.
pub(crate) fn replay(unit: &mut Unit<'_>, actor: &Actor, id: CallId) -> Outcome<()> {
    allows(actor, Permission::ManageIntegrations)?;
    let Some(found) = webhook_calls::by_id(unit.conn(), actor.account_id, id)? else {
        return Err(Refusal::NotFound.into());
    };
    let subscription_id = found.call.subscription_id;
    let held = nouns::load::<Subscription>(unit.conn(), actor, subscription_id)?;
    if !held.is_active() {
        let why = "The webhook is not verified or was switched off. Save it again to verify it.";
        return Err(Refusal::Conflict(why).into());
    }
    if webhook_calls::replay(unit, actor.account_id, id)?.is_none() {
        return Err(Refusal::Conflict("The call waits to be made already.").into());
    }
    jobs::enqueue(unit, &webhook::next(actor.account_id, subscription_id))?;
    let subject = format!("{}:{subscription_id}", Subscription::KIND);
    let detail = Some(format!("call {id}"));
    Ok(record::audited(
        unit,
        actor,
        "event_subscription.replayed",
        subject,
        detail,
    )?)
}
