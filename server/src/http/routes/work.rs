//! Routes for what goes out by itself: webhooks, jobs, notifications.

use crate::http::handlers::connections::{self, ConnectionBody};
use crate::http::handlers::jobs::{self, JobBody, JobCount, JobLine, JobPage, JobQuery};
use crate::http::handlers::notifications::{self, Trial, WishBody, WishShown};
use crate::http::handlers::nouns;
use crate::http::handlers::subscriptions::{self, NewSecret, SubscriptionBody};
use crate::http::handlers::webhook_calls::{self, CallLine, CallPage, CallQuery};
use crate::http::route::Access::Agent;
use crate::http::route::{Route, delete, get, patch, post, put};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::policy::Permission::{
    ManageIntegrations, ManageJobs, ManageOwnProfile, ReadDesk,
};
use frontdesk_domain::webhook::Subscription;
use frontdesk_protocol::entity::{self, Data, EventSubscription};

pub(super) fn routes() -> Vec<Route> {
    let webhooks = webhooks().into_iter().map(Route::public_api).collect();
    [
        webhooks,
        calls(),
        connection_routes(),
        job_routes(),
        notification_routes(),
    ]
    .concat()
}

/// Addresses of webhooks may hold secrets, so that only who may change them sees them.
fn webhooks() -> Vec<Route> {
    let (all, one) = ("/api/event_subscriptions", "/api/event_subscriptions/{id}");
    let may = Agent(ManageIntegrations);
    let change =
        "Changes an outgoing webhook and has its address prove itself; what is left out stays.";
    vec![
        get(all, may, nouns::index::<Subscription>)
            .about("Lists outgoing webhooks.")
            .answers::<Data<Vec<EventSubscription>>>(200),
        post(all, may, subscriptions::create)
            .about("Adds an outgoing webhook, has its address prove itself and shows its secret this once.")
            .takes::<SubscriptionBody>()
            .answers::<Data<EventSubscription>>(201),
        get(one, may, nouns::show::<Subscription>)
            .about("Shows an outgoing webhook.")
            .answers::<Data<EventSubscription>>(200),
        put(one, may, subscriptions::update)
            .about(change)
            .takes::<SubscriptionBody>()
            .answers::<Data<EventSubscription>>(200),
        patch(one, may, subscriptions::update)
            .about(change)
            .takes::<SubscriptionBody>()
            .answers::<Data<EventSubscription>>(200),
        delete(one, may, nouns::delete::<Subscription>)
            .about("Deletes an outgoing webhook and its log.")
            .answers_empty(204),
    ]
}

fn calls() -> Vec<Route> {
    let may = Agent(ManageIntegrations);
    vec![
        post(
            "/api/v1/event_subscriptions/{id}/secret",
            may,
            subscriptions::renew_secret,
        )
        .about("Makes a new secret for a webhook and shows it this once; the old one ends at once.")
        .answers::<Data<NewSecret>>(200),
        get(
            "/api/v1/event_subscriptions/{id}/deliveries",
            may,
            webhook_calls::index,
        )
        .about("The log of a webhook's calls, newest first, in pages.")
        .query::<CallQuery>()
        .answers::<CallPage>(200),
        post(
            "/api/v1/webhook_deliveries/{id}/replay",
            may,
            webhook_calls::replay,
        )
        .about("Makes a call again, under the id it had.")
        .answers::<Data<CallLine>>(200),
    ]
}

/// Names of mail servers and accounts of providers are for those who may change them.
fn connection_routes() -> Vec<Route> {
    let (all, one) = ("/api/v1/connections", "/api/v1/connections/{id}");
    let may = Agent(ManageIntegrations);
    vec![
        get(all, may, nouns::index::<Connection>)
            .about("Lists the connections to providers and mailboxes, and how they are.")
            .answers::<Data<Vec<entity::Connection>>>(200),
        post(all, may, connections::create)
            .about("Adds a connection. Its secrets are never shown again.")
            .takes::<ConnectionBody>()
            .answers::<Data<entity::Connection>>(201),
        get(one, may, nouns::show::<Connection>)
            .about("Shows a connection.")
            .answers::<Data<entity::Connection>>(200),
        put(one, may, connections::update)
            .about("Changes a connection or switches it; what is left out stays.")
            .takes::<ConnectionBody>()
            .answers::<Data<entity::Connection>>(200),
        delete(one, may, nouns::delete::<Connection>)
            .about("Deletes a connection with its secrets; its conversations stay.")
            .answers_empty(204),
        post("/api/v1/connections/{id}/test", may, connections::test)
            .about("Signs in where the connection leads, and says what is well and what is not.")
            .answers::<Data<entity::ConnectionTest>>(200),
    ]
}

fn job_routes() -> Vec<Route> {
    let (one, may) = ("/api/v1/jobs/{id}", Agent(ManageJobs));
    vec![
        get("/api/v1/jobs", may, jobs::index)
            .about("Lists the account's jobs that wait, run or failed for good, newest first, in pages.")
            .query::<JobQuery>()
            .answers::<JobPage>(200),
        get("/api/v1/jobs/stats", may, jobs::stats)
            .about("Counts the account's jobs by queue, kind and state.")
            .answers::<Data<Vec<JobCount>>>(200),
        get(one, may, jobs::show)
            .about("Shows a job.")
            .answers::<Data<JobLine>>(200),
        put(one, may, jobs::edit)
            .about("Replaces what a job is about; 409 while it runs.")
            .takes_plain::<JobBody>()
            .answers::<Data<JobLine>>(200),
        post("/api/v1/jobs/{id}/retry", may, jobs::retry)
            .about("Lets a job run at once, with all its tries; 409 while it runs.")
            .answers::<Data<JobLine>>(200),
        delete(one, may, jobs::discard)
            .about("Throws a job away; 409 while it runs.")
            .answers_empty(204),
    ]
}

fn notification_routes() -> Vec<Route> {
    let (path, change) = ("/api/v1/me/notifications", Agent(ManageOwnProfile));
    vec![
        get(path, Agent(ReadDesk), notifications::show)
            .about(
                "Shows how the caller is told outside the program; null when that is not at all.",
            )
            .answers::<Data<Option<WishShown>>>(200),
        put(path, change, notifications::choose)
            .about("Says how the caller wants to be told outside the program.")
            .takes_plain::<WishBody>()
            .answers::<Data<WishShown>>(200),
        delete(path, change, notifications::forget)
            .about("Ends the caller's notifications outside the program.")
            .answers_empty(204),
        post("/api/v1/me/notifications/test", change, notifications::test)
            .about("Sends the caller a notification to try the way.")
            .answers::<Data<Trial>>(200),
    ]
}
