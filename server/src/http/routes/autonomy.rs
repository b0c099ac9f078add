//! Routes for how far drafts go by themselves, and for what is learnt from them.

use crate::http::handlers::ai;
use crate::http::handlers::autonomy::{self, RepliesBody, TopicsBody};
use crate::http::handlers::learning::{self, LearningQuery};
use crate::http::route::Access::Agent;
use crate::http::route::{Route, get, post, put};
use frontdesk_domain::policy::Permission::{
    ManageInboxes, ManageSettings, ReadDesk, WorkConversations,
};
use frontdesk_protocol::entity::{AiLearning, AiReplies, AiSuggestions, AiTopic, AiUsage, Data};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get(
            "/api/v1/ai/replies/{id}",
            Agent(ReadDesk),
            autonomy::replies,
        )
        .about("Says how automatic replies are given in an inbox.")
        .answers::<Data<AiReplies>>(200),
        put(
            "/api/v1/ai/replies/{id}",
            Agent(ManageInboxes),
            autonomy::set_replies,
        )
        .about("Changes how automatic replies are given in an inbox.")
        .takes_plain::<RepliesBody>()
        .answers::<Data<AiReplies>>(200),
        get("/api/v1/ai/topics/{id}", Agent(ReadDesk), autonomy::topics)
            .about("Says for which tags somebody else begins drafts than in the rest of the inbox.")
            .answers::<Data<Vec<AiTopic>>>(200),
        put(
            "/api/v1/ai/topics/{id}",
            Agent(ManageInboxes),
            autonomy::set_topics,
        )
        .about(
            "Sets for which tags somebody else begins drafts; of several the most careful holds.",
        )
        .takes_plain::<TopicsBody>()
        .answers::<Data<Vec<AiTopic>>>(200),
        post(
            "/api/v1/conversations/{id}/suggestions",
            Agent(WorkConversations),
            ai::suggestions,
        )
        .about("Suggests tags, team, priority and sentiment of a conversation. It changes nothing.")
        .answers::<Data<AiSuggestions>>(200),
        get("/api/v1/ai/learning", Agent(ManageSettings), learning::show)
            .about("Says what became of drafts, by inbox, topic, agent and model.")
            .query::<LearningQuery>()
            .answers::<Data<AiLearning>>(200),
        get("/api/v1/ai/usage", Agent(ManageSettings), ai::usage)
            .about("Says what the account has used of models this month, and what it may.")
            .answers::<Data<AiUsage>>(200),
    ]
}
