//! Routes for what admins keep and look at: keys, addresses, numbers, the audit log.

use crate::http::handlers::audit::{self, AuditPage, AuditQuery};
use crate::http::handlers::keys::{self, KeyBody, KeyQuery};
use crate::http::handlers::overview::{self, Billing, Lambda, Onboarded, VisitQuery};
use crate::http::handlers::reporting::{self, Report, ReportQuery};
use crate::http::handlers::snapshot::LINES;
use crate::http::route::Access::Agent;
use crate::http::route::{Route, delete, get, post};
use crate::http::routes::nouns::{listed, words};
use frontdesk_domain::policy::Permission::{ManageOwnKeys, ReadAudit, ReadDesk};
use frontdesk_domain::settings::ForwardingAddress;
use frontdesk_protocol::entity::{BrowserSession, Data, PersonalApiKey};

pub(super) fn routes() -> Vec<Route> {
    [key_routes(), addresses(), numbers()].concat()
}

fn key_routes() -> Vec<Route> {
    let (all, one) = ("/api/personal_api_keys", "/api/personal_api_keys/{id}");
    let may = Agent(ManageOwnKeys);
    vec![
        get(all, may, keys::index)
            .about("Lists one's own API keys; admins may name another user.")
            .query::<KeyQuery>()
            .answers::<Data<Vec<PersonalApiKey>>>(200),
        post(all, may, keys::create)
            .about("Makes an API key and shows it this once.")
            .takes_plain::<KeyBody>()
            .answers::<Data<PersonalApiKey>>(201),
        get(one, may, keys::show)
            .about("Shows a key without its secret.")
            .answers::<Data<PersonalApiKey>>(200),
        delete(one, may, keys::delete)
            .about("Revokes a key at once.")
            .answers_empty(204),
    ]
}

fn addresses() -> Vec<Route> {
    listed::<ForwardingAddress>(&words!(
        "/api/forwarding_addresses",
        "an address that forwards mail",
        "addresses that forward mail"
    ))
}

fn numbers() -> Vec<Route> {
    vec![
        get("/api/reporting", Agent(ReadDesk), reporting::show)
            .about("Counts messages, conversations and customers of a span of days.")
            .query::<ReportQuery>()
            .answers::<Data<Report>>(200),
        get("/api/billing", Agent(ReadDesk), overview::billing)
            .about("The account's plan and what it is used for. Nothing is billed here.")
            .answers::<Data<Billing>>(200),
        get(
            "/api/onboarding_status",
            Agent(ReadDesk),
            overview::onboarding,
        )
        .about("How far the account is set up.")
        .answers::<Onboarded>(200),
        get("/api/browser_sessions", Agent(ReadDesk), overview::visits)
            .about("Lists recorded visits, newest first.")
            .query::<VisitQuery>()
            .answers::<Data<Vec<BrowserSession>>>(200),
        get("/api/lambdas", Agent(ReadDesk), overview::lambdas)
            .about("An empty list: there are no such programs here.")
            .answers::<Data<Vec<Lambda>>>(200),
        get("/api/v1/audit", Agent(ReadAudit), audit::index)
            .about("Who did what, newest first, in pages.")
            .query::<AuditQuery>()
            .answers::<AuditPage>(200),
        get("/api/v1/audit/export", Agent(ReadAudit), audit::export)
            .about("The whole audit log as lines of JSON, oldest first, with the hashes that chain it.")
            .answers_media(200, LINES),
    ]
}
