//! Outgoing webhooks, as admins keep them.

use crate::failure::Outcome;
use crate::http::handlers::nouns::{Listed, Resource};
use crate::http::input::Double;
use crate::http::{Wrapped, wire};
use crate::use_cases::subscriptions::SubscriptionFields;
use frontdesk_db::queries::event_subscriptions as rows;
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::AccountId;
use frontdesk_domain::webhook::Subscription;
use frontdesk_protocol::entity::EventSubscription;
use schemars::JsonSchema;
use serde::Deserialize;

/// What is said about a webhook. What is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct SubscriptionBody {
    /// An address that starts with `http://` or `https://`.
    #[serde(default)]
    webhook_url: Option<String>,
    /// The names of the events that are wanted beside those of new messages and conversations.
    #[serde(default)]
    scope: Double<String>,
}

impl Wrapped for SubscriptionBody {
    const KEY: &'static str = "event_subscription";
}

impl From<SubscriptionBody> for SubscriptionFields {
    fn from(body: SubscriptionBody) -> Self {
        Self {
            webhook_url: body.webhook_url,
            scope: body.scope.field(),
        }
    }
}

impl Listed for Subscription {
    const ALL: fn(&mut dyn Conn, AccountId) -> Result<Vec<Self>, DbError> = rows::of_account;
}

impl Resource for Subscription {
    type Body = SubscriptionBody;
    type Shown = EventSubscription;

    const PATH: &'static str = "/api/event_subscriptions";

    fn shown(&self, _: &mut dyn Conn) -> Outcome<EventSubscription> {
        Ok(wire::event_subscription(self))
    }
}
