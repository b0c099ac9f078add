//! The statements, one file per noun, each with the mapping between its rows and our types.

pub mod accounts;
pub mod ai_modes;
pub mod ai_replies;
pub mod ai_runs;
pub mod ai_sorting;
pub mod ai_topics;
pub mod api_keys;
pub mod arrivals;
pub mod audit;
pub mod browser_sessions;
pub mod bulk_runs;
pub mod business_contexts;
pub mod canned_responses;
pub mod companies;
pub mod connections;
pub mod conversations;
pub mod counts;
pub mod customers;
pub mod draft_outcomes;
pub mod drafts;
pub mod erasing;
pub mod event_readers;
pub mod event_subscriptions;
pub mod events;
pub mod exporting;
pub mod files;
pub mod filter;
pub mod find;
pub mod forwarding_addresses;
pub mod idempotency;
pub mod inbox_contexts;
pub mod inboxes;
pub mod invitations;
pub mod issues;
pub mod job_leases;
pub mod job_letters;
pub mod job_slots;
pub mod jobs;
pub mod knowledge;
pub mod knowledge_sources;
pub mod knowledge_vectors;
pub mod lines;
pub mod list;
pub mod mails;
mod many;
pub mod mentions;
pub mod merges;
pub mod messages;
mod narrow;
pub mod notes;
pub mod notification_settings;
pub mod parking;
pub mod precedents;
pub mod quarantine;
pub mod receipts;
pub mod reply_reminders;
pub mod reporting;
pub mod retention;
pub mod scheduled_replies;
pub mod sealed;
pub mod search;
pub mod seat_cards;
pub mod seats;
pub mod second_factors;
pub mod sessions;
pub mod shares;
pub mod snapshot;
pub mod tags;
pub mod teams;
pub mod unread;
pub mod user_settings;
pub mod users;
pub mod views;
pub mod webhook_calls;
pub mod widget_settings;

use crate::error::DbError;
use crate::sql::Sql;

/// The statements of each file.
static LISTS: &[&[&Sql]] = &[
    accounts::ALL,
    ai_modes::ALL,
    ai_replies::ALL,
    ai_runs::ALL,
    ai_sorting::ALL,
    ai_topics::ALL,
    api_keys::ALL,
    arrivals::ALL,
    audit::ALL,
    browser_sessions::ALL,
    bulk_runs::ALL,
    business_contexts::ALL,
    canned_responses::ALL,
    companies::ALL,
    connections::ALL,
    conversations::ALL,
    conversations::links::ALL,
    counts::ALL,
    customers::ALL,
    customers::alike::ALL,
    draft_outcomes::ALL,
    drafts::ALL,
    erasing::ALL,
    erasing::customers::ALL,
    erasing::reports::ALL,
    event_readers::ALL,
    event_subscriptions::ALL,
    events::ALL,
    exporting::ALL,
    files::ALL,
    forwarding_addresses::ALL,
    idempotency::ALL,
    inbox_contexts::ALL,
    inboxes::ALL,
    invitations::ALL,
    issues::ALL,
    job_leases::ALL,
    job_letters::ALL,
    job_slots::ALL,
    jobs::ALL,
    knowledge::ALL,
    knowledge_sources::ALL,
    knowledge_vectors::ALL,
    lines::ALL,
    list::ALL,
    mails::ALL,
    mentions::ALL,
    merges::ALL,
    messages::ALL,
    messages::outgoing::ALL,
    notes::ALL,
    parking::ALL,
    precedents::ALL,
    notification_settings::ALL,
    quarantine::ALL,
    receipts::ALL,
    reply_reminders::ALL,
    reporting::ALL,
    retention::ALL,
    sealed::ALL,
    seat_cards::ALL,
    seats::ALL,
    scheduled_replies::ALL,
    search::ALL,
    second_factors::ALL,
    sessions::ALL,
    shares::ALL,
    tags::ALL,
    teams::ALL,
    user_settings::ALL,
    unread::ALL,
    users::ALL,
    views::ALL,
    webhook_calls::ALL,
    widget_settings::ALL,
    crate::look::ALL,
    crate::migrate::ALL,
    crate::counters::ALL,
];

/// Every registered statement, for the test that prepares them all on both databases.
#[must_use]
pub fn all() -> Vec<&'static Sql> {
    let mut all = LISTS.concat();
    all.extend(crate::bulk::all());
    all
}

/// Turns "no row was written" into the error it is: what the row should refer to is not there,
/// or belongs to another account, which is the same.
pub(crate) fn found(rows: u64) -> Result<(), DbError> {
    if rows == 0 {
        return Err(DbError::Dangling);
    }
    Ok(())
}
