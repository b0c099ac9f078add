//! Routes for the small things an account shares.

use crate::http::handlers::notes::{self, NoteQuery};
use crate::http::handlers::nouns::{self, Listed, Resource};
use crate::http::handlers::tags::{self, Done, TagNamed};
use crate::http::route::Access::Agent;
use crate::http::route::{Route, delete, get, patch, post, put};
use frontdesk_domain::canned::CannedResponse;
use frontdesk_domain::company::Company;
use frontdesk_domain::issue::Issue;
use frontdesk_domain::note::Note;
use frontdesk_domain::policy::Permission::{ReadDesk, WorkConversations};
use frontdesk_domain::tag::Tag;
use frontdesk_protocol::entity::{CustomerNote, Data};

/// Where a noun is found, and what its routes say they do.
pub(super) struct Words {
    pub(super) all: &'static str,
    pub(super) one: &'static str,
    pub(super) list: &'static str,
    pub(super) add: &'static str,
    pub(super) show: &'static str,
    pub(super) change: &'static str,
    pub(super) remove: &'static str,
}

macro_rules! words {
    ($path:literal, $thing:literal, $things:literal) => {
        $crate::http::routes::nouns::Words {
            all: $path,
            one: concat!($path, "/{id}"),
            list: concat!("Lists ", $things, "."),
            add: concat!("Adds ", $thing, "."),
            show: concat!("Shows ", $thing, "."),
            change: concat!("Changes ", $thing, "; what is left out stays."),
            remove: concat!("Deletes ", $thing, "."),
        }
    };
}
pub(super) use words;

pub(super) fn routes() -> Vec<Route> {
    let public = [
        listed::<Tag>(&words!("/api/tags", "a tag", "tags")),
        listed::<Issue>(&words!("/api/issues", "an issue", "issues")),
        listed::<Company>(&words!("/api/companies", "a company", "companies")),
        note_routes(),
        listed::<CannedResponse>(&words!(
            "/api/canned_responses",
            "a canned response",
            "canned responses"
        )),
        conversation_tag_routes(),
    ];
    let public = public.concat().into_iter();
    public.map(Route::public_api).collect()
}

/// The routes of a noun that is listed whole.
pub(super) fn listed<N: Listed>(words: &Words) -> Vec<Route> {
    let mut routes = single::<N>(words);
    let index = get(words.all, Agent(ReadDesk), nouns::index::<N>)
        .about(words.list)
        .answers::<Data<Vec<N::Shown>>>(200);
    routes.push(index);
    routes
}

/// The routes of a noun but for its list.
fn single<N: Resource>(words: &Words) -> Vec<Route> {
    vec![
        post(words.all, Agent(N::CHANGE), nouns::create::<N>)
            .about(words.add)
            .takes::<N::Body>()
            .answers::<Data<N::Shown>>(201),
        get(words.one, Agent(ReadDesk), nouns::show::<N>)
            .about(words.show)
            .answers::<Data<N::Shown>>(200),
        put(words.one, Agent(N::CHANGE), nouns::update::<N>)
            .about(words.change)
            .takes::<N::Body>()
            .answers::<Data<N::Shown>>(200),
        patch(words.one, Agent(N::CHANGE), nouns::update::<N>)
            .about(words.change)
            .takes::<N::Body>()
            .answers::<Data<N::Shown>>(200),
        delete(words.one, Agent(N::DELETE), nouns::delete::<N>)
            .about(words.remove)
            .answers_empty(204),
    ]
}

fn note_routes() -> Vec<Route> {
    let mut routes = single::<Note>(&words!("/api/notes", "a note about a customer", "notes"));
    let index = get("/api/notes", Agent(ReadDesk), notes::index)
        .about("Lists notes with their authors and customers, newest first.")
        .query::<NoteQuery>()
        .answers::<Data<Vec<CustomerNote>>>(200);
    routes.push(index);
    routes
}

fn conversation_tag_routes() -> Vec<Route> {
    let (on, off) = (tags::on_conversation, tags::off_conversation);
    vec![
        post("/api/conversations/{id}/tags", Agent(WorkConversations), on)
            .about("Puts a tag on a conversation.")
            .takes_plain::<TagNamed>()
            .answers::<Data<Done>>(200),
        delete(
            "/api/conversations/{id}/tags/{tag_id}",
            Agent(WorkConversations),
            off,
        )
        .about("Takes a tag off a conversation.")
        .answers::<Data<Done>>(200),
    ]
}
