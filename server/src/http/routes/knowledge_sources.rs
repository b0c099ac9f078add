//! Routes for where knowledge is read from, and for what models are told about each inbox.

use crate::http::handlers::ai_contexts::{self, InboxContextBody};
use crate::http::handlers::knowledge_sources::{self as sources, SourceBody, SyncShown};
use crate::http::route::Access::Agent;
use crate::http::route::{Route, delete, get, post, put};
use frontdesk_domain::policy::Permission::{ManageInboxes, ManageSettings, ReadDesk};
use frontdesk_protocol::entity::{Data, InboxContext, KnowledgeSource};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get(
            "/api/v1/knowledge/sources",
            Agent(ManageSettings),
            sources::index,
        )
        .about("Lists folders and addresses that knowledge is read from.")
        .answers::<Data<Vec<KnowledgeSource>>>(200),
        post(
            "/api/v1/knowledge/sources",
            Agent(ManageSettings),
            sources::create,
        )
        .about("Has knowledge read from an address, once an hour.")
        .takes::<SourceBody>()
        .answers::<Data<KnowledgeSource>>(201),
        delete(
            "/api/v1/knowledge/sources/{id}",
            Agent(ManageSettings),
            sources::delete,
        )
        .about("Removes a source with all that was read from it.")
        .answers_empty(204),
        post(
            "/api/v1/knowledge/sources/{id}/sync",
            Agent(ManageSettings),
            sources::sync,
        )
        .about("Reads a source anew.")
        .answers::<Data<SyncShown>>(200),
        get(
            "/api/v1/ai/contexts/{id}",
            Agent(ReadDesk),
            ai_contexts::show,
        )
        .about("Says what models are told about an inbox in place of what the account says.")
        .answers::<Data<InboxContext>>(200),
        put(
            "/api/v1/ai/contexts/{id}",
            Agent(ManageInboxes),
            ai_contexts::update,
        )
        .about("Changes what models are told about an inbox. What is left out stays; null clears.")
        .takes_plain::<InboxContextBody>()
        .answers::<Data<InboxContext>>(200),
    ]
}
