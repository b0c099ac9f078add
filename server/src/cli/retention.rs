//! `retention`: how long conversations are kept, and what is held.

use super::desk::{Access, Desk, InAccount};
use super::erase::erasing;
use super::error::CliError;
use super::options::Options;
use super::say;
use crate::failure::Outcome;
use crate::use_cases::privacy::{self, NewRule, Reaching};
use clap::Subcommand;
use frontdesk_db::Unit;
use frontdesk_db::queries::retention;
use frontdesk_domain::privacy::{Held, LegalHold};
use frontdesk_domain::{
    Actor, ConversationId, CustomerId, Erasing, InboxId, LegalHoldId, RetentionRuleId, Status,
};

/// Manage for how long conversations are kept, and what must not go
///
/// The running server keeps the rules once an hour. Legal holds go before rules, and before
/// anybody who deletes.
#[derive(Debug, Subcommand)]
#[command(
    after_help = "Examples:\n  frontdesk-server retention add --days 730 --status closed --how anonymise\n  frontdesk-server retention list\n  frontdesk-server retention hold --customer 0d4a2f6e-5f0c-4c37-9d0e-2f5f7c1f2b11 --reason \"case 12/26\""
)]
pub(super) enum Retention {
    /// List the rules, and how many conversations each would reach now: the dry run
    List {
        #[command(flatten)]
        account: InAccount,
    },
    /// Add a rule
    Add {
        /// Days since the last activity
        #[arg(long)]
        days: i64,
        /// delete, or anonymise to keep numbers and times without texts and names
        #[arg(long, value_name = "HOW", value_parser = erasing)]
        how: Erasing,
        /// Only conversations of this status: open, closed or snoozed
        #[arg(long, value_parser = status)]
        status: Option<Status>,
        /// Only conversations of this inbox, by its id
        #[arg(long, value_name = "INBOX")]
        inbox: Option<InboxId>,
        #[command(flatten)]
        account: InAccount,
    },
    /// Remove a rule
    Remove {
        /// The rule's id
        #[arg(value_name = "RULE")]
        rule: RetentionRuleId,
        #[command(flatten)]
        account: InAccount,
    },
    /// List the holds
    Holds {
        #[command(flatten)]
        account: InAccount,
    },
    /// Hold a customer or a conversation
    Hold {
        /// The customer's id
        #[arg(
            long,
            value_name = "CUSTOMER",
            conflicts_with = "conversation",
            required_unless_present = "conversation"
        )]
        customer: Option<CustomerId>,
        /// The conversation's id
        #[arg(long, value_name = "CONVERSATION")]
        conversation: Option<ConversationId>,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
        #[command(flatten)]
        account: InAccount,
    },
    /// Release a hold
    Release {
        /// The hold's id
        #[arg(value_name = "HOLD")]
        hold: LegalHoldId,
        #[command(flatten)]
        account: InAccount,
    },
}

impl Retention {
    pub(super) async fn run(self, options: &Options) -> Result<(), CliError> {
        match self {
            Self::List { account } => list(options, &account).await,
            Self::Holds { account } => holds(options, &account).await,
            Self::Add {
                days,
                how,
                status,
                inbox,
                account,
            } => {
                let new = NewRule {
                    inbox_id: inbox,
                    status,
                    days,
                    how,
                };
                let rule = act(options, &account, move |unit, actor| {
                    privacy::add_rule(unit, actor, new)
                });
                say::line(format_args!("added rule {}", rule.await?.id))
            }
            Self::Remove { rule, account } => {
                let removing = act(options, &account, move |unit, actor| {
                    privacy::remove_rule(unit, actor, rule)
                });
                removing.await?;
                say::line(format_args!("removed rule {rule}"))
            }
            Self::Hold {
                customer,
                conversation,
                reason,
                account,
            } => {
                let held = customer.map(Held::Customer);
                let Some(held) = held.or(conversation.map(Held::Conversation)) else {
                    return Err(CliError::usage("give --customer ID or --conversation ID"));
                };
                let hold = act(options, &account, move |unit, actor| {
                    privacy::hold(unit, actor, held, &reason)
                });
                say::line(format_args!("placed hold {}", hold.await?.id))
            }
            Self::Release { hold, account } => {
                let releasing = act(options, &account, move |unit, actor| {
                    privacy::release(unit, actor, hold)
                });
                releasing.await?;
                say::line(format_args!("released hold {hold}"))
            }
        }
    }
}

/// Does something in the account, and closes the desk after it.
async fn act<T: Send + 'static>(
    options: &Options,
    account: &InAccount,
    work: impl FnOnce(&mut Unit<'_>, &Actor) -> Outcome<T> + Send + 'static,
) -> Result<T, CliError> {
    let desk = Desk::open(options, Access::Write)?;
    let account = account.find(&desk).await?;
    let done = desk.act(account.id, work).await?;
    desk.close();
    Ok(done)
}

fn status(text: &str) -> Result<Status, String> {
    text.parse()
        .map_err(|_| "must be open, closed or snoozed".to_owned())
}

async fn list(options: &Options, account: &InAccount) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let account = account.find(&desk).await?;
    let now = desk.db().now();
    let found = desk
        .db()
        .read(move |conn| privacy::reaching(conn, account.id, now));
    let found = found.await?;
    desk.close();
    let all = || "all".to_owned();
    let row = |(rule, reached): Reaching| {
        [
            rule.id.to_string(),
            rule.days.to_string(),
            rule.status.map_or_else(all, |it| it.to_string()),
            rule.inbox_id.map_or_else(all, |it| it.to_string()),
            rule.how.to_string(),
            reached.to_string(),
        ]
    };
    let heads = ["RULE", "DAYS", "STATUS", "INBOX", "HOW", "REACHES NOW"];
    say::table(heads, found.into_iter().map(row))
}

async fn holds(options: &Options, account: &InAccount) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let account = account.find(&desk).await?;
    let found = desk
        .db()
        .read(move |conn| retention::holds(conn, account.id))
        .await?;
    desk.close();
    let row = |hold: LegalHold| {
        let held = match hold.held {
            Held::Customer(id) => format!("customer {id}"),
            Held::Conversation(id) => format!("conversation {id}"),
        };
        let since = hold.created_at.to_date();
        [hold.id.to_string(), held, since, hold.reason]
    };
    say::table(
        ["HOLD", "KEEPS", "SINCE", "REASON"],
        found.into_iter().map(row),
    )
}
