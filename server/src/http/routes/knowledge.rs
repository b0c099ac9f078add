//! Routes for what replies may rest on.

use crate::http::handlers::knowledge::{self, KnowledgeBody, KnowledgePage, KnowledgeQuery};
use crate::http::handlers::learnt::{self, NoBody, Proposed};
use crate::http::route::Access::Agent;
use crate::http::route::{Route, delete, get, post, put};
use frontdesk_domain::policy::Permission::{ManageSettings, ReadDesk, WorkConversations};
use frontdesk_protocol::entity::{Data, KnowledgeEntry};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/knowledge", Agent(ReadDesk), knowledge::index)
            .about("Lists texts that replies may rest on.")
            .query::<KnowledgeQuery>()
            .answers::<KnowledgePage>(200),
        post(
            "/api/v1/knowledge",
            Agent(ManageSettings),
            knowledge::create,
        )
        .about("Adds a text that replies may rest on.")
        .takes::<KnowledgeBody>()
        .answers::<Data<KnowledgeEntry>>(201),
        get("/api/v1/knowledge/{id}", Agent(ReadDesk), knowledge::show)
            .about("Shows a text that replies may rest on.")
            .answers::<Data<KnowledgeEntry>>(200),
        put(
            "/api/v1/knowledge/{id}",
            Agent(ManageSettings),
            knowledge::update,
        )
        .about("Changes a text that was written by hand.")
        .takes::<KnowledgeBody>()
        .answers::<Data<KnowledgeEntry>>(200),
        delete(
            "/api/v1/knowledge/{id}",
            Agent(ManageSettings),
            knowledge::delete,
        )
        .about("Removes a text that was written by hand.")
        .answers_empty(204),
        post(
            "/api/v1/conversations/{id}/knowledge",
            Agent(WorkConversations),
            learnt::propose,
        )
        .about("Proposes a text that replies may rest on, from what a conversation has shown.")
        .takes::<KnowledgeBody>()
        .answers::<Data<Proposed>>(201),
        post(
            "/api/v1/knowledge/{id}/approve",
            Agent(ManageSettings),
            learnt::approve,
        )
        .about("Lets replies rest on a text that was proposed, with changes where they are said.")
        .takes::<KnowledgeBody>()
        .answers::<Data<KnowledgeEntry>>(200),
        post(
            "/api/v1/knowledge/{id}/reject",
            Agent(ManageSettings),
            learnt::reject,
        )
        .about("Turns a text down that was proposed.")
        .takes_plain::<NoBody>()
        .answers::<Data<KnowledgeEntry>>(200),
    ]
}
