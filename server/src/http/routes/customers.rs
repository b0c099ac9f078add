//! Routes for customers, as agents see them.

use crate::http::handlers::customers::{
    self, CSV, CustomerBody, CustomersQuery, IssueNamed, ShowQuery,
};
use crate::http::handlers::tags::{Done, TagNamed};
use crate::http::route::Access::Agent;
use crate::http::route::{Route, delete, get, patch, post, put};
use frontdesk_domain::policy::Permission::{DeleteForGood, ReadDesk, WorkConversations};
use frontdesk_protocol::entity::{CustomerFull, Data, NumberedPage};

pub(super) fn routes() -> Vec<Route> {
    [row_routes(), label_routes()].concat()
}

fn row_routes() -> Vec<Route> {
    let (one, change) = ("/api/customers/{id}", Agent(WorkConversations));
    vec![
        get("/api/customers", Agent(ReadDesk), customers::index)
            .about("Lists customers, who was seen last first, with their latest conversation.")
            .public_api()
            .query::<CustomersQuery>()
            .answers::<NumberedPage<CustomerFull>>(200)
            .answers_media(200, CSV),
        get(one, Agent(ReadDesk), customers::show)
            .about("Shows a customer with what is asked for.")
            .public_api()
            .query::<ShowQuery>()
            .answers::<Data<CustomerFull>>(200),
        put(one, change, customers::update)
            .about("Changes a customer; what is left out stays.")
            .public_api()
            .takes::<CustomerBody>()
            .answers::<Data<CustomerFull>>(200),
        patch(one, change, customers::update)
            .about("Changes a customer; what is left out stays.")
            .public_api()
            .takes::<CustomerBody>()
            .answers::<Data<CustomerFull>>(200),
        delete(one, Agent(DeleteForGood), customers::delete)
            .about("Deletes a customer with all conversations.")
            .public_api()
            .answers_empty(204),
    ]
}

fn label_routes() -> Vec<Route> {
    let change = Agent(WorkConversations);
    vec![
        post("/api/customers/{id}/tags", change, customers::tag)
            .about("Puts a tag on a customer.")
            .takes_plain::<TagNamed>()
            .answers::<Data<Done>>(200),
        delete(
            "/api/customers/{id}/tags/{tag_id}",
            change,
            customers::untag,
        )
        .about("Takes a tag off a customer.")
        .answers::<Data<Done>>(200),
        post(
            "/api/customers/{id}/issues",
            change,
            customers::attach_issue,
        )
        .about("Notes that a customer waits for an issue.")
        .takes_plain::<IssueNamed>()
        .answers::<Data<Done>>(200),
        delete(
            "/api/customers/{id}/issues/{issue_id}",
            change,
            customers::detach_issue,
        )
        .about("Notes that a customer no longer waits for an issue.")
        .answers::<Data<Done>>(200),
    ]
}
