//! Routes for visitors' pages: the chat widget and the recorder of visits.

use crate::http::handlers::visitors::{self, VisitorFields};
use crate::http::route::Access::Anyone;
use crate::http::route::{Route, post};
use frontdesk_protocol::entity::{Customer, Data};

pub(super) fn routes() -> Vec<Route> {
    customer_routes()
}

fn customer_routes() -> Vec<Route> {
    vec![
        post("/api/customers", Anyone, visitors::create)
            .about("Makes a customer, or finds the one a signature proves the visitor to be.")
            .public_api()
            .takes::<VisitorFields>()
            .answers::<Data<Customer>>(201),
    ]
}
