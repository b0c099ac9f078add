//! Routes for drafts the server makes.

use crate::http::handlers::ai::{self, Ask, ModeBody, PromptShown, RunPage, RunQuery};
use crate::http::handlers::own_text::{self, OwnText, Rewrite};
use crate::http::route::Access::Agent;
use crate::http::route::{Route, get, post, put};
use frontdesk_domain::policy::Permission::{
    ManageInboxes, ManageSettings, ReadDesk, WorkConversations,
};
use frontdesk_protocol::entity::{AiModeOf, Data, Draft};

pub(super) fn routes() -> Vec<Route> {
    vec![
        post(
            "/api/v1/conversations/{id}/drafts",
            Agent(WorkConversations),
            ai::request,
        )
        .about("Has a reply drafted. The draft is there at once and gets its text later.")
        .takes_plain::<Ask>()
        .answers::<Data<Draft>>(201),
        post(
            "/api/v1/conversations/{id}/drafts/stop",
            Agent(WorkConversations),
            ai::stop,
        )
        .about("Stops the draft that is being written, if one is.")
        .answers_empty(204),
        get(
            "/api/v1/conversations/{id}/drafts/prompt",
            Agent(WorkConversations),
            ai::prompt,
        )
        .about("Shows exactly what a model would be told about a conversation.")
        .query::<Ask>()
        .answers::<Data<PromptShown>>(200),
        post(
            "/api/v1/conversations/{id}/rewrite",
            Agent(WorkConversations),
            own_text::rewrite,
        )
        .about("Writes an agent's own text otherwise. Nothing is kept or sent.")
        .takes_plain::<Rewrite>()
        .answers::<Data<OwnText>>(200),
        post(
            "/api/v1/conversations/{id}/hand_over",
            Agent(WorkConversations),
            own_text::hand_over,
        )
        .about("Writes a note by which a conversation can be handed over. Nothing is kept.")
        .answers::<Data<OwnText>>(200),
        get("/api/v1/ai/modes", Agent(ReadDesk), ai::modes)
            .about("Says for each inbox who begins drafts.")
            .answers::<Data<Vec<AiModeOf>>>(200),
        put("/api/v1/ai/modes/{id}", Agent(ManageInboxes), ai::set_mode)
            .about("Sets who begins drafts in an inbox: off, request, draft or auto.")
            .takes_plain::<ModeBody>()
            .answers::<Data<AiModeOf>>(200),
        get("/api/v1/ai/runs", Agent(ManageSettings), ai::runs)
            .about("Lists tries to make drafts, newest first.")
            .query::<RunQuery>()
            .answers::<RunPage>(200),
    ]
}
