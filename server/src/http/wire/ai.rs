//! The ledger of drafts as it travels.

use super::raw;
use crate::ai::Sorted;
use crate::config::Ai;
use frontdesk_ai::classify::Guess;
use frontdesk_db::queries::ai_runs::Share;
use frontdesk_db::queries::draft_outcomes::Fate;
use frontdesk_domain::Timestamp;
use frontdesk_domain::ai::Run;
use frontdesk_domain::auto;
use frontdesk_domain::sorting;
use frontdesk_protocol::entity::{
    AiReplies, AiRun, AiShare, AiSorted, AiSorting, AiSuggestions, AiUsage, DraftFate, DraftReason,
    Suggested,
};
use frontdesk_protocol::time::UtcStamp;

/// A line of the ledger.
pub(crate) fn ai_run(it: &Run) -> AiRun {
    AiRun {
        id: it.id,
        conversation_id: it.conversation_id,
        inbox_id: it.inbox_id,
        draft_id: it.draft_id,
        task: it.task,
        model: it.model.clone(),
        prompt_hash: it.prompt_hash.clone(),
        sources: raw(it.sources.as_ref()),
        tokens_in: it.tokens_in,
        tokens_out: it.tokens_out,
        cost: it.cost,
        outcome: it.outcome,
        reason: it.reason.clone(),
        began_at: UtcStamp(it.began_at),
        took_ms: it.took_ms,
    }
}

/// What was used of models since a time, and what may be.
pub(crate) fn ai_usage(since: Timestamp, shares: &[Share], settings: &Ai) -> AiUsage {
    let some = |most: i64| (most > 0).then_some(most);
    let tokens = i64::try_from(settings.monthly_tokens.0).unwrap_or(i64::MAX);
    AiUsage {
        since: UtcStamp(since),
        tokens: shares.iter().map(|it| it.tokens_in + it.tokens_out).sum(),
        cost: shares.iter().map(|it| it.cost).sum(),
        currency: settings.currency.clone(),
        monthly_tokens: some(tokens),
        monthly_cost: some(settings.monthly_cost.0),
        by_model: shares.iter().map(share).collect(),
    }
}

fn share(it: &Share) -> AiShare {
    AiShare {
        model: it.model.clone(),
        task: it.task,
        runs: it.runs,
        tokens_in: it.tokens_in,
        tokens_out: it.tokens_out,
        cost: it.cost,
    }
}

/// How automatic replies are given.
pub(crate) fn ai_replies(it: &auto::AutoReplies) -> AiReplies {
    AiReplies {
        inbox_id: it.inbox_id,
        max_turns: it.max_turns,
        apology: it.apology.clone(),
        hand_off: it.hand_off.clone(),
        channels: it.channels.clone(),
        team_id: it.team_id,
    }
}

/// So many characters an agent types in a minute.
const TYPED: i64 = 200;

/// What became of drafts.
pub(crate) fn draft_fate(it: &Fate) -> DraftFate {
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more digits")]
    let share = |part: i64, whole: i64| (whole > 0).then(|| part as f64 / whole as f64);
    DraftFate {
        of: it.of.clone(),
        approved: it.approved,
        unchanged: it.unchanged,
        sent: it.sent,
        rejected: it.rejected,
        stale: it.stale,
        acceptance: share(it.approved, it.approved + it.rejected),
        edited: share(it.compared - it.kept, it.compared),
        seconds_saved: it.kept * 60 / TYPED,
    }
}

/// Why drafts were rejected.
pub(crate) fn draft_reason((reason, count): (String, i64)) -> DraftReason {
    DraftReason { reason, count }
}

/// How a conversation may be sorted.
pub(crate) fn ai_suggestions(it: &Sorted) -> AiSuggestions {
    let word = |it: &Guess<String>| Suggested::new(None, &it.value, it.confidence);
    let tags = it.tags.iter().map(|it| {
        let (id, name) = (it.value.id.to_string(), &it.value.name);
        Suggested::new(Some(id), name, it.confidence)
    });
    AiSuggestions {
        by: it.by.clone(),
        tags: tags.collect(),
        team: it.team.as_ref().map(|it| {
            let (id, name) = (it.value.id.to_string(), &it.value.name);
            Suggested::new(Some(id), name, it.confidence)
        }),
        priority: it.priority.as_ref().map(word),
        sentiment: it.sentiment.as_ref().map(word),
        trouble: it.trouble.clone(),
    }
}

/// From which confidence on an inbox's conversations are sorted by themselves.
pub(crate) fn ai_sorting(it: &sorting::SortPolicy) -> AiSorting {
    #[expect(clippy::cast_precision_loss, reason = "percents are at most 100")]
    let share = |percent: i64| percent as f64 / 100.0;
    AiSorting {
        inbox_id: it.inbox_id,
        tags: it.tags.map(share),
        team: it.team.map(share),
        priority: it.priority.map(share),
    }
}

/// What was sorted by itself.
pub(crate) fn ai_sorted(it: &sorting::Sorted, done: AiSuggestions) -> AiSorted {
    AiSorted {
        conversation_id: it.conversation_id,
        by: done.by,
        tags: done.tags,
        team: done.team,
        priority: done.priority,
        sorted_at: UtcStamp(it.sorted_at),
        undone_at: it.undone_at.map(UtcStamp),
    }
}
