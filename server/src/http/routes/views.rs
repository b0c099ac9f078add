//! Searches that are kept under a name.

use crate::http::handlers::views::{self, ViewBody, ViewCount};
use crate::http::route::Access::Agent;
use crate::http::route::{Route, delete, get, post, put};
use frontdesk_domain::policy::Permission::{ManageOwnProfile, ReadDesk};
use frontdesk_protocol::entity::{Data, SavedView};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/views", Agent(ReadDesk), views::index)
            .about("Lists the views the caller sees: own, of their teams, and shared.")
            .answers::<Data<Vec<SavedView>>>(200),
        post("/api/v1/views", Agent(ManageOwnProfile), views::create)
            .about("Keeps a search under a name; giving it to others takes a member.")
            .takes::<ViewBody>()
            .answers::<Data<SavedView>>(201),
        get("/api/v1/views/{id}", Agent(ReadDesk), views::show)
            .about("Shows a view.")
            .answers::<Data<SavedView>>(200),
        get("/api/v1/views/{id}/count", Agent(ReadDesk), views::count)
            .about("Counts what stands in a view, as far as the caller sees it.")
            .answers::<Data<ViewCount>>(200),
        put("/api/v1/views/{id}", Agent(ManageOwnProfile), views::update)
            .about("Changes a view; one that others see takes a member.")
            .takes::<ViewBody>()
            .answers::<Data<SavedView>>(200),
        delete("/api/v1/views/{id}", Agent(ManageOwnProfile), views::delete)
            .about("Deletes a view; one that others see takes a member.")
            .answers_empty(204),
    ]
}
