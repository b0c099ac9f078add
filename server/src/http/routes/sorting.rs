//! Routes for what is sorted by itself.

use crate::http::handlers::sorting::{self, PolicyBody};
use crate::http::route::Access::Agent;
use crate::http::route::{Route, get, post, put};
use frontdesk_domain::policy::Permission::{ManageInboxes, ReadDesk, WorkConversations};
use frontdesk_protocol::entity::{AiSorted, AiSorting, Data};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/ai/sorting/{id}", Agent(ReadDesk), sorting::policy)
            .about(
                "Says from which confidence on an inbox's conversations are sorted by themselves.",
            )
            .answers::<Data<AiSorting>>(200),
        put(
            "/api/v1/ai/sorting/{id}",
            Agent(ManageInboxes),
            sorting::set_policy,
        )
        .about(
            "Changes from which confidence on an inbox's conversations are sorted by themselves.",
        )
        .takes_plain::<PolicyBody>()
        .answers::<Data<AiSorting>>(200),
        get(
            "/api/v1/conversations/{id}/sorting",
            Agent(ReadDesk),
            sorting::sorted,
        )
        .about("Says what was sorted by itself in a conversation, and whether it was taken back.")
        .answers::<Data<AiSorted>>(200),
        post(
            "/api/v1/conversations/{id}/sorting/undo",
            Agent(WorkConversations),
            sorting::undo,
        )
        .about("Takes back what was sorted by itself, as far as nobody has changed it since.")
        .answers::<Data<AiSorted>>(200),
    ]
}
