//! Rules of retention, and keeping them.

use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::use_cases::record;
use frontdesk_db::queries::{accounts, conversations, erasing, inboxes, retention as rows};
use frontdesk_db::{Conn, DbError, Unit};
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::privacy::RetentionRule;
use frontdesk_domain::{
    AccountId, Actor, Erasing, InboxId, Refusal, RetentionRuleId, Status, Timestamp,
};

/// Conversations that go in one unit, so that nobody waits long behind it.
const AT_ONCE: i64 = 20;

/// The least and the most days of a rule.
const DAYS: std::ops::RangeInclusive<i64> = 1..=36_500;

/// A rule to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NewRule {
    pub inbox_id: Option<InboxId>,
    pub status: Option<Status>,
    pub days: i64,
    pub how: Erasing,
}

/// A rule and how many conversations it reaches now.
pub(crate) type Reaching = (RetentionRule, i64);

/// An account's rules with what each reaches now: the dry run.
///
/// # Errors
/// When the database does not answer.
pub(crate) fn reaching(
    conn: &mut dyn Conn,
    account_id: AccountId,
    now: Timestamp,
) -> Result<Vec<Reaching>, DbError> {
    let rules = rows::rules(conn, account_id)?;
    let counted = rules.into_iter().map(|rule| {
        let reached = rows::count_reached(conn, &rule, now)?;
        Ok((rule, reached))
    });
    counted.collect()
}

/// Adds a rule. It is kept from the next turn of the clock on.
///
/// # Errors
/// When the actor may not, the days are out of range, or there is no such inbox.
pub(crate) fn add_rule(unit: &mut Unit<'_>, actor: &Actor, new: NewRule) -> Outcome<RetentionRule> {
    allows(actor, Permission::ManagePrivacy)?;
    if !DAYS.contains(&new.days) {
        return Err(Refusal::Invalid {
            field: "days",
            problem: "must be 1 to 36500",
        }
        .into());
    }
    let account_id = actor.account_id;
    if let Some(id) = new.inbox_id
        && inboxes::by_id(unit.conn(), account_id, id)?.is_none()
    {
        return Err(Refusal::Invalid {
            field: "inbox_id",
            problem: "does not exist",
        }
        .into());
    }
    let rule = RetentionRule {
        id: RetentionRuleId::random(),
        account_id,
        inbox_id: new.inbox_id,
        status: new.status,
        days: new.days,
        how: new.how,
        created_at: unit.now(),
    };
    rows::insert_rule(unit, &rule)?;
    let detail = format!("{} after {} days", rule.how, rule.days);
    let subject = format!("retention_rule:{}", rule.id);
    record::audited(unit, actor, "retention.added", subject, Some(detail))?;
    Ok(rule)
}

/// Removes a rule.
///
/// # Errors
/// When the actor may not, or there is no such rule.
pub(crate) fn remove_rule(unit: &mut Unit<'_>, actor: &Actor, id: RetentionRuleId) -> Outcome<()> {
    allows(actor, Permission::ManagePrivacy)?;
    rows::delete_rule(unit, actor.account_id, id).map_err(|error| match error {
        DbError::Dangling => Failure::from(Refusal::NotFound),
        other => other.into(),
    })?;
    let subject = format!("retention_rule:{id}");
    Ok(record::audited(
        unit,
        actor,
        "retention.removed",
        subject,
        None,
    )?)
}

/// Lets go of everything that the rules of all accounts reach now, a few at a time.
pub(crate) async fn keep_rules(app: &App) -> Outcome<()> {
    for account_id in app.db.read(accounts::ids).await? {
        let rules = app.db.read(move |conn| rows::rules(conn, account_id));
        for rule in rules.await? {
            let went = keep(app, account_id, &rule).await?;
            if went > 0 {
                tracing::info!(account = %account_id, rule = %rule.id, went, "a retention rule was kept");
            }
        }
    }
    Ok(())
}

async fn keep(app: &App, account_id: AccountId, rule: &RetentionRule) -> Outcome<u64> {
    let mut went = 0;
    while !app.tasks.stopping().is_cancelled() {
        let rule = rule.clone();
        let some = app
            .db
            .write(account_id, move |unit| some_of(unit, &rule))
            .await?;
        if some == 0 {
            break;
        }
        went += some;
    }
    Ok(went)
}

fn some_of(unit: &mut Unit<'_>, rule: &RetentionRule) -> Outcome<u64> {
    let now = unit.now();
    let mut erased = erasing::Erased::default();
    for id in rows::reached(unit.conn(), rule, now, AT_ONCE)? {
        if let Some(held) = conversations::by_id(unit.conn(), rule.account_id, id)? {
            erasing::conversation(unit, &held, rule.how, &mut erased)?;
        }
    }
    if erased.conversations > 0 {
        let actor = Actor::system(rule.account_id);
        let detail = format!("{} conversations, {}", erased.conversations, rule.how);
        let subject = format!("retention_rule:{}", rule.id);
        record::audited(unit, &actor, "retention.kept", subject, Some(detail))?;
    }
    Ok(erased.conversations)
}
