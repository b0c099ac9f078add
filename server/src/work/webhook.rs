//! Outgoing webhooks. One job per webhook makes its waiting calls in their order, so that a receiver
//! that is slow or dead holds up nobody else.

pub(crate) mod body;
mod plan;
pub(super) mod told;
pub(crate) mod verify;

use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::use_cases::{record, subscriptions};
use crate::vault::Secret;
use crate::work::call;
use body::Signed;
use frontdesk_db::queries::event_subscriptions;
use frontdesk_db::queries::webhook_calls::{self, Tried, Waiting};
use frontdesk_db::{DbError, Unit};
use frontdesk_domain::webhook::Subscription;
use frontdesk_domain::{AccountId, Actor, CallState, EntityKind, EventKind, SubscriptionId};
use frontdesk_jobs::{Job, NewJob, Outcome, Turn};
use plan::{Next, Result as Said};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Calls made in one run, so that other webhooks get their turn.
const AT_ONCE: usize = 50;

/// Makes the calls that wait for a webhook.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Webhook {
    subscription_id: SubscriptionId,
}

/// The job that makes a webhook's calls.
pub(crate) fn next(account_id: AccountId, subscription_id: SubscriptionId) -> NewJob {
    NewJob::of(Some(account_id.0), &Webhook { subscription_id }).unique(subscription_id.to_string())
}

impl Job<App> for Webhook {
    const NAME: &'static str = "webhook";
    const QUEUE: &'static str = "webhooks";
    /// A webhook is switched off by how long nothing else than failures came of it.
    const TRIES: u32 = u32::MAX;
    const LIMIT: Duration = Duration::from_secs(600);

    async fn run(self, app: App, turn: Turn) -> Outcome {
        let Some(owner) = turn.owner else {
            return Outcome::discard("it belongs to no account");
        };
        for _ in 0..AT_ONCE {
            match one(&app, AccountId(owner), self.subscription_id).await {
                Ok(Next::Go) => {}
                Ok(Next::Rest) => return Outcome::Done,
                Ok(Next::Sleep(wait)) => return Outcome::Snooze(wait),
                Ok(Next::Failed { why, after }) => {
                    return Outcome::Retry {
                        why,
                        after: Some(after),
                    };
                }
                Err(failure) => return Outcome::retry(failure.to_string()),
            }
        }
        Outcome::Snooze(Duration::ZERO)
    }
}

/// What is needed for a call.
enum Turned {
    Call(Box<Subscription>, Waiting, Option<String>),
    Sleep(Duration),
    Nothing,
}

/// Makes the first call that waits.
async fn one(app: &App, account_id: AccountId, id: SubscriptionId) -> Done<Next> {
    let now = app.db.now();
    let links = app.links.clone();
    let turned = app
        .db
        .read(move |conn| {
            let Some(subscription) = event_subscriptions::by_id(conn, account_id, id)? else {
                return Ok(Turned::Nothing);
            };
            if !subscription.is_active() {
                return Ok(Turned::Nothing);
            }
            if let Some(call) = webhook_calls::first_waiting(conn, account_id, id, now)? {
                let body = body::of(conn, account_id, &call, &links)?;
                return Ok(Turned::Call(Box::new(subscription), call, body));
            }
            let aside = webhook_calls::next_aside(conn, account_id, id)?;
            Ok::<_, Failure>(
                aside.map_or(Turned::Nothing, |at| Turned::Sleep(plan::between(now, at))),
            )
        })
        .await?;
    match turned {
        Turned::Nothing => Ok(Next::Rest),
        Turned::Sleep(wait) => Ok(Next::Sleep(wait)),
        Turned::Call(_, call, None) => {
            let skipped = app.db.write(account_id, move |unit| {
                webhook_calls::skip(unit, account_id, call.id)
            });
            skipped.await?;
            Ok(Next::Go)
        }
        Turned::Call(subscription, call, Some(body)) => made(app, *subscription, call, body).await,
    }
}

async fn made(app: &App, subscription: Subscription, call: Waiting, body: String) -> Done<Next> {
    let account_id = subscription.account_id;
    let vault = app.vault.clone();
    let secret = app
        .db
        .read(move |conn| subscriptions::secret(conn, &vault, account_id, subscription.id))
        .await?;
    let signed = Signed {
        id: &call.id.to_string(),
        now: app.db.now(),
        secret: secret.as_ref().map(Secret::reveal),
    };
    let watch = crate::telemetry::Stopwatch::start();
    let call_out = signed.call(&subscription.webhook_url, body);
    let answer = call::post(&app.outgoing, call_out).await;
    let said = Said {
        answer,
        took: watch.elapsed(),
    };
    app.db
        .write(account_id, move |unit| note(unit, account_id, &call, &said))
        .await
}

/// Writes down what came of a call, and says how to go on.
fn note(unit: &mut Unit<'_>, account_id: AccountId, call: &Waiting, said: &Said) -> Done<Next> {
    let now = unit.now();
    let found = event_subscriptions::by_id(unit.conn(), account_id, call.subscription_id)?;
    let Some(mut subscription) = found else {
        return Ok(Next::Rest);
    };
    let streak = plan::streak(&subscription, said, now);
    let fate = plan::fate(call.attempts + 1, &streak, said, super::chance());
    let tried = Tried {
        state: fate.state,
        aside_until: fate.aside.map(|wait| plan::after(now, wait)),
        status: said.status(),
        took_ms: i64::try_from(said.took.as_millis()).unwrap_or(i64::MAX),
        answer: said.head(),
        error: said.error(),
    };
    webhook_calls::tried(unit, account_id, call.id, &tried)?;
    subscription.failures = streak.failures;
    subscription.failing_since = streak.since;
    event_subscriptions::set_streak(unit, &subscription)?;
    if streak.is_over(now) {
        switch_off(unit, &subscription)?;
        return Ok(Next::Rest);
    }
    Ok(match fate.state {
        CallState::Delivered | CallState::Failed | CallState::Skipped => Next::Go,
        CallState::Pending => Next::Failed {
            why: said.error().unwrap_or_else(|| "no answer".to_owned()),
            after: fate.pause,
        },
    })
}

/// Switches a webhook off whose receiver has been dead for long, and tells the admins.
fn switch_off(unit: &mut Unit<'_>, subscription: &Subscription) -> Result<(), DbError> {
    let reason = format!(
        "{} calls in a row failed over more than a day",
        subscription.failures
    );
    event_subscriptions::disable(unit, subscription, &reason)?;
    webhook_calls::give_up(unit, subscription.account_id, subscription.id, &reason)?;
    let actor = Actor::system(subscription.account_id);
    let (kind, id) = (EntityKind::EventSubscription, subscription.id);
    record::told(unit, &actor, EventKind::EntityChanged, kind, &id)?;
    let subject = format!("{kind}:{id}");
    tracing::warn!(subscription = %id, "a webhook was switched off");
    let action = "event_subscription.switched_off";
    record::audited(unit, &actor, action, subject, Some(reason))
}
