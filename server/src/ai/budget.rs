//! What an account may still spend on models this month.

use crate::config::Ai;
use frontdesk_db::queries::ai_runs::{self, Used};
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::{AccountId, Timestamp};

/// Says why an account may ask no model now, where it may not.
pub(crate) fn exhausted(
    conn: &mut dyn Conn,
    settings: &Ai,
    account_id: AccountId,
    now: Timestamp,
) -> Result<Option<&'static str>, DbError> {
    if settings.monthly_tokens.0 == 0 && settings.monthly_cost.0 == 0 {
        return Ok(None);
    }
    let used = ai_runs::used_since(conn, account_id, month(now))?;
    Ok(beyond(settings, &used))
}

fn beyond(settings: &Ai, used: &Used) -> Option<&'static str> {
    let tokens = i64::try_from(settings.monthly_tokens.0).unwrap_or(i64::MAX);
    let cost = settings.monthly_cost.0;
    if tokens > 0 && used.tokens >= tokens {
        return Some("The account has used its tokens of this month.");
    }
    (cost > 0 && used.cost >= cost).then_some("The account has spent its money of this month.")
}

/// When the month began, in UTC.
pub(crate) fn month(now: Timestamp) -> Timestamp {
    let date = now.to_date();
    let first = date.get(..7).map(|month| format!("{month}-01T00:00:00Z"));
    first
        .and_then(|text| Timestamp::parse(&text))
        .unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Count, Money};

    #[test]
    fn tokens_and_money_each_have_their_end() {
        let used = Used {
            tokens: 1_000,
            cost: 2_500_000,
        };
        let with = |tokens, cost| Ai {
            monthly_tokens: Count(tokens),
            monthly_cost: Money(cost),
            ..Ai::default()
        };
        assert_eq!(beyond(&with(0, 0), &used), None);
        assert_eq!(beyond(&with(1_001, 2_500_001), &used), None);
        assert!(beyond(&with(1_000, 0), &used).is_some_and(|it| it.contains("tokens")));
        assert!(beyond(&with(0, 2_500_000), &used).is_some_and(|it| it.contains("money")));
    }

    #[test]
    fn a_month_begins_on_its_first_day() {
        let now = Timestamp::parse("2026-11-27T15:26:00Z").unwrap();
        assert_eq!(
            month(now),
            Timestamp::parse("2026-11-01T00:00:00Z").unwrap()
        );
    }
}
