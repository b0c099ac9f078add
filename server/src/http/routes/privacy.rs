//! Routes for privacy: erasing, retention, legal holds.

use crate::http::handlers::exports;
use crate::http::handlers::privacy::{self, HoldBody, HowToErase, RuleBody};
use crate::http::route::Access::Agent;
use crate::http::route::{Route, delete, get, post};
use frontdesk_domain::policy::Permission::ManagePrivacy;
use frontdesk_protocol::entity::{Data, Erasure, LegalHold, RetentionRule};

pub(super) fn routes() -> Vec<Route> {
    let may = Agent(ManagePrivacy);
    vec![
        post("/api/v1/customers/{id}/erase", may, privacy::erase)
            .about("Erases a customer for good, and reports what went.")
            .takes_plain::<HowToErase>()
            .answers::<Data<Erasure>>(200),
        get("/api/v1/export", may, exports::account)
            .about("Everything in the account in one archive, of one moment. See docs/EXPORT.md.")
            .answers_media(200, "application/x-tar"),
        get("/api/v1/customers/{id}/export", may, exports::customer)
            .about("Everything about a customer in one archive, of one moment. See docs/EXPORT.md.")
            .answers_media(200, "application/x-tar"),
        get("/api/v1/erasures", may, privacy::erasures)
            .about("Lists reports of erasures, newest first.")
            .answers::<Data<Vec<Erasure>>>(200),
        get("/api/v1/retention_rules", may, privacy::rules)
            .about("Lists how long conversations are kept, and how many each rule reaches now.")
            .answers::<Data<Vec<RetentionRule>>>(200),
        post("/api/v1/retention_rules", may, privacy::add_rule)
            .about("Adds a rule, which is kept from the next hour on.")
            .takes_plain::<RuleBody>()
            .answers::<Data<RetentionRule>>(201),
        delete("/api/v1/retention_rules/{id}", may, privacy::remove_rule)
            .about("Removes a rule.")
            .answers_empty(204),
        get("/api/v1/legal_holds", may, privacy::holds)
            .about("Lists what must not be deleted.")
            .answers::<Data<Vec<LegalHold>>>(200),
        post("/api/v1/legal_holds", may, privacy::hold)
            .about("Keeps a customer or a conversation from being deleted.")
            .takes_plain::<HoldBody>()
            .answers::<Data<LegalHold>>(201),
        delete("/api/v1/legal_holds/{id}", may, privacy::release)
            .about("Releases a hold.")
            .answers_empty(204),
    ]
}
