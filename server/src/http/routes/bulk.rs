//! The same change to many conversations.

use crate::http::handlers::bulk::runs::{self, ItemQuery};
use crate::http::handlers::bulk::{self, BulkAnswer, BulkBody, RunBody};
use crate::http::route::Access::Agent;
use crate::http::route::{Route, get, post};
use frontdesk_domain::policy::Permission::{ReadDesk, WorkConversations};
use frontdesk_protocol::entity::{BulkItem, BulkPreview, BulkRun, Data};

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/api/v1/bulk", Agent(WorkConversations), bulk::run)
            .about("The same change to many conversations, each answered for itself.")
            .takes_plain::<BulkBody>()
            .answers::<Data<BulkAnswer>>(200),
        post("/api/v1/bulk/preview", Agent(ReadDesk), runs::preview)
            .about("How many conversations a run would be about, of which channels.")
            .takes_plain::<RunBody>()
            .answers::<Data<BulkPreview>>(200),
        get("/api/v1/bulk/runs", Agent(ReadDesk), runs::index)
            .about("The caller's runs, newest first.")
            .answers::<Data<Vec<BulkRun>>>(200),
        post("/api/v1/bulk/runs", Agent(WorkConversations), runs::create)
            .about("Begins a change to many conversations, which goes on by itself.")
            .takes_plain::<RunBody>()
            .answers::<Data<BulkRun>>(201),
        get("/api/v1/bulk/runs/{id}", Agent(ReadDesk), runs::show)
            .about("How far a run is.")
            .answers::<Data<BulkRun>>(200),
        get("/api/v1/bulk/runs/{id}/items", Agent(ReadDesk), runs::items)
            .about("What became of a run's conversations, 500 on a page.")
            .query::<ItemQuery>()
            .answers::<Data<Vec<BulkItem>>>(200),
        post(
            "/api/v1/bulk/runs/{id}/cancel",
            Agent(WorkConversations),
            runs::cancel,
        )
        .about("Does no more of a run; what is done stays done.")
        .answers::<Data<BulkRun>>(200),
        post(
            "/api/v1/bulk/runs/{id}/undo",
            Agent(WorkConversations),
            runs::undo,
        )
        .about("Takes back what a run has done, by a run of its own.")
        .answers::<Data<BulkRun>>(200),
    ]
}
