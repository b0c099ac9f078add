//! `webhook`: outgoing webhooks and what came of their calls.

use super::desk::{Access, Desk, InAccount};
use super::error::CliError;
use super::jobs::moment;
use super::options::Options;
use super::say;
use crate::use_cases::subscriptions;
use clap::Subcommand;
use frontdesk_db::DbError;
use frontdesk_db::queries::event_subscriptions;
use frontdesk_db::queries::webhook_calls::{self, Logged};
use frontdesk_domain::webhook::Subscription;
use frontdesk_domain::{CallId, CallState, SubscriptionId};

/// How many calls are listed.
const MOST: i64 = 100;

/// Look at outgoing webhooks and repeat their calls
#[derive(Debug, Subcommand)]
pub(super) enum Webhook {
    /// List the webhooks
    List {
        #[command(flatten)]
        account: InAccount,
    },
    /// List the newest calls of a webhook
    Calls {
        /// The webhook's id, as `webhook list` shows it
        webhook: SubscriptionId,
        /// Only calls in this state: pending, delivered, failed or skipped
        #[arg(long, value_parser = state)]
        state: Option<CallState>,
        #[command(flatten)]
        account: InAccount,
    },
    /// Make a call again, under the id it had
    Replay {
        /// The call's id, as `webhook calls` shows it
        call: CallId,
        #[command(flatten)]
        account: InAccount,
    },
}

fn state(text: &str) -> Result<CallState, String> {
    text.parse()
        .map_err(|_| "must be pending, delivered, failed or skipped".to_owned())
}

impl Webhook {
    pub(super) async fn run(self, options: &Options) -> Result<(), CliError> {
        match self {
            Self::List { account } => list(options, &account).await,
            Self::Calls {
                webhook,
                state,
                account,
            } => calls(options, &account, webhook, state).await,
            Self::Replay { call, account } => {
                let desk = Desk::open(options, Access::Write)?;
                let account = account.find(&desk).await?;
                desk.act(account.id, move |unit, actor| {
                    subscriptions::replay(unit, actor, call)
                })
                .await?;
                desk.close();
                say::line(format_args!("call {call} will be made again"))
            }
        }
    }
}

async fn list(options: &Options, account: &InAccount) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let account = account.find(&desk).await?;
    let found: Result<Vec<Subscription>, DbError> = desk
        .db()
        .read(move |conn| event_subscriptions::of_account(conn, account.id))
        .await;
    let found = found?;
    desk.close();
    let row = |it: Subscription| {
        let state = match (it.verified, it.disabled_at) {
            (_, Some(_)) => "switched off",
            (true, None) => "on",
            (false, None) => "not verified",
        };
        [
            it.id.to_string(),
            state.to_owned(),
            it.failures.to_string(),
            it.scope.unwrap_or_default(),
        ]
    };
    // Addresses may hold secrets, and a terminal has a history.
    say::table(
        ["WEBHOOK", "STATE", "FAILED IN A ROW", "SCOPE"],
        found.into_iter().map(row),
    )
}

async fn calls(
    options: &Options,
    account: &InAccount,
    id: SubscriptionId,
    state: Option<CallState>,
) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let account = account.find(&desk).await?;
    let found: Result<Vec<Logged>, DbError> = desk
        .db()
        .read(move |conn| webhook_calls::page(conn, account.id, id, None, state, MOST))
        .await;
    let found = found?;
    desk.close();
    let number = |it: Option<i64>| it.map_or_else(|| "-".to_owned(), |it| it.to_string());
    let row = |it: Logged| {
        [
            it.call.id.to_string(),
            it.call.event.to_string(),
            it.state.to_string(),
            it.call.attempts.to_string(),
            moment(it.tried_at),
            number(it.status),
            number(it.took_ms),
            it.error.unwrap_or_default(),
        ]
    };
    let heads = [
        "CALL", "EVENT", "STATE", "TRIES", "LAST TRY", "STATUS", "MS", "FAILURE",
    ];
    say::table(heads, found.into_iter().map(row))
}
