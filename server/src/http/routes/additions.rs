//! What Frontdesk adds to the surface existing clients know. It lives below `/api/v1` only and
//! takes session tokens and personal API keys alike.

use crate::http::handlers::drafts::{
    self, ApproveBody, Approved, DraftEdit, DraftQuery, NewDraft, RejectBody,
};
use crate::http::handlers::events::{self, EventsPage, EventsQuery};
use crate::http::handlers::merges::{self, IntoConversation, IntoCustomer};
use crate::http::handlers::related::{self, ForwardBody, LinkBody, SplitBody};
use crate::http::handlers::search::{self, SearchPage, SearchQuery};
use crate::http::handlers::snapshot::{self, LINES, SnapshotQuery};
use crate::http::handlers::tags::Done;
use crate::http::handlers::take;
use crate::http::handlers::templates;
use crate::http::route::Access::Agent;
use crate::http::route::{Route, delete, get, post, put};
use frontdesk_domain::policy::Permission::{Merge as MergeThem, ReadDesk, WorkConversations};
use frontdesk_protocol::entity::{Conversation, Data, Draft, Merge, Related, ReplyTemplate};

pub(super) fn routes() -> Vec<Route> {
    [
        sync_routes(),
        work_routes(),
        thread_routes(),
        draft_routes(),
    ]
    .concat()
}

fn sync_routes() -> Vec<Route> {
    vec![
        get("/api/v1/events", Agent(ReadDesk), events::index)
            .about("What happened since an event number, in pages without gaps.")
            .query::<EventsQuery>()
            .answers::<EventsPage>(200),
        get("/api/v1/search", Agent(ReadDesk), search::search)
            .about("Looks for messages, conversations and customers, newest first.")
            .query::<SearchQuery>()
            .answers::<SearchPage>(200),
        get("/api/v1/snapshot", Agent(ReadDesk), snapshot::stream)
            .about("All a new client needs, as lines of JSON, the most wanted first.")
            .query::<SnapshotQuery>()
            .answers_media(200, LINES),
    ]
}

fn work_routes() -> Vec<Route> {
    vec![
        post(
            "/api/v1/conversations/{id}/take",
            Agent(WorkConversations),
            take::take,
        )
        .about("Assigns a conversation to the caller, unless somebody else has it.")
        .answers::<Data<Conversation>>(200),
        post(
            "/api/v1/conversations/{id}/merge",
            Agent(MergeThem),
            merges::conversations,
        )
        .about("Merges a conversation into another of the same customer.")
        .takes_plain::<IntoConversation>()
        .answers::<Data<Merge>>(200),
        post(
            "/api/v1/customers/{id}/merge",
            Agent(MergeThem),
            merges::customers,
        )
        .about("Merges a customer into another.")
        .takes_plain::<IntoCustomer>()
        .answers::<Data<Merge>>(200),
        post("/api/v1/merges/{id}/undo", Agent(MergeThem), merges::undo)
            .about("Undoes a merge.")
            .answers::<Data<Merge>>(200),
    ]
}

fn thread_routes() -> Vec<Route> {
    let links = "/api/v1/conversations/{id}/links";
    vec![
        post(
            "/api/v1/conversations/{id}/split",
            Agent(MergeThem),
            related::split,
        )
        .about("Moves messages of a conversation into a new one of the same customer.")
        .takes_plain::<SplitBody>()
        .answers::<Data<Conversation>>(201),
        post(
            "/api/v1/conversations/{id}/forward",
            Agent(WorkConversations),
            related::forward,
        )
        .about("Shows a conversation to somebody else by mail; their answers come back beside it.")
        .takes_plain::<ForwardBody>()
        .answers::<Data<Conversation>>(201),
        get(
            "/api/v1/conversations/{id}/related",
            Agent(ReadDesk),
            related::show,
        )
        .about("What stands beside a conversation: links, and who may be the same person.")
        .answers::<Data<Related>>(200),
        get(
            "/api/v1/conversations/{id}/templates",
            Agent(ReadDesk),
            templates::index,
        )
        .about(
            "Lists the texts that may be sent when the customer has not written lately, where the channel has such.",
        )
        .answers::<Data<Vec<ReplyTemplate>>>(200),
        post(links, Agent(WorkConversations), related::link)
            .about("Links a conversation with another; both show it.")
            .takes_plain::<LinkBody>()
            .answers::<Data<Done>>(200),
        delete(
            "/api/v1/conversations/{id}/links/{to_id}",
            Agent(WorkConversations),
            related::unlink,
        )
        .about("Takes a link between two conversations away.")
        .answers::<Data<Done>>(200),
    ]
}

fn draft_routes() -> Vec<Route> {
    vec![
        get("/api/v1/drafts", Agent(ReadDesk), drafts::index)
            .about("Lists drafts in a state, or all of a conversation.")
            .query::<DraftQuery>()
            .answers::<Data<Vec<Draft>>>(200),
        post("/api/v1/drafts", Agent(WorkConversations), drafts::create)
            .about("Proposes a reply, ready to be approved.")
            .takes::<NewDraft>()
            .answers::<Data<Draft>>(201),
        put(
            "/api/v1/drafts/{id}",
            Agent(WorkConversations),
            drafts::update,
        )
        .about("Changes the text of a draft nobody has decided about.")
        .takes::<DraftEdit>()
        .answers::<Data<Draft>>(200),
        post(
            "/api/v1/drafts/{id}/approve",
            Agent(WorkConversations),
            drafts::approve,
        )
        .about("Sends a draft as the caller's reply; 409 when it has become stale.")
        .takes_plain::<ApproveBody>()
        .answers::<Data<Approved>>(200),
        post(
            "/api/v1/drafts/{id}/reject",
            Agent(WorkConversations),
            drafts::reject,
        )
        .about("Throws a draft away.")
        .takes_plain::<RejectBody>()
        .answers::<Data<Draft>>(200),
    ]
}
