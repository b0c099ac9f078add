//! Routes for the people of an account, their teams, and the inboxes they work in.

use crate::http::handlers::colleagues::{
    self, AvailabilityBody, ProfileBody, SettingsBody, UsersQuery,
};
use crate::http::handlers::inboxes::{self, IdentitySecret, InboxBody};
use crate::http::handlers::teams;
use crate::http::route::Access::Agent;
use crate::http::route::{Route, delete, get, patch, post, put};
use crate::http::routes::nouns::{listed, words};
use frontdesk_domain::account::Team;
use frontdesk_domain::policy::Permission::{
    ManageInboxes, ManageOwnProfile, ManageUsers, ReadDesk,
};
use frontdesk_protocol::entity::{self, Data, Inbox, User, UserSettings};

pub(super) fn routes() -> Vec<Route> {
    [
        user_routes(),
        own_routes("/api/profile", "/api/user_settings"),
        own_routes("/api/v1/profile/{id}", "/api/v1/user_settings/{id}"),
        team_routes(),
        inbox_routes(),
        door_routes(),
    ]
    .concat()
}

fn user_routes() -> Vec<Route> {
    vec![
        get("/api/users", Agent(ReadDesk), colleagues::index)
            .about("Lists the users of the account.")
            .public_api()
            .query::<UsersQuery>()
            .answers::<Data<Vec<User>>>(200),
        get("/api/users/{id}", Agent(ReadDesk), colleagues::show)
            .about("Shows a user who has access.")
            .public_api()
            .answers::<Data<User>>(200),
        put(
            "/api/v1/me/availability",
            Agent(ManageOwnProfile),
            colleagues::set_availability,
        )
        .about("Says whether the caller can take work now.")
        .takes_plain::<AvailabilityBody>()
        .answers::<Data<User>>(200),
    ]
}

/// What users say about themselves. Below `/api/v1` an id follows, which means nothing.
fn own_routes(profile: &'static str, settings: &'static str) -> Vec<Route> {
    let change = Agent(ManageOwnProfile);
    vec![
        get(profile, Agent(ReadDesk), colleagues::profile)
            .about("Shows the caller.")
            .answers::<Data<User>>(200),
        put(profile, change, colleagues::describe)
            .about("Changes the caller's names and picture.")
            .takes::<ProfileBody>()
            .answers::<Data<User>>(200),
        patch(profile, change, colleagues::describe)
            .about("Changes the caller's names and picture.")
            .takes::<ProfileBody>()
            .answers::<Data<User>>(200),
        get(settings, Agent(ReadDesk), colleagues::settings)
            .about("Shows what the caller wants to be told of.")
            .answers::<Data<UserSettings>>(200),
        put(settings, change, colleagues::choose)
            .about("Changes what the caller wants to be told of.")
            .takes::<SettingsBody>()
            .answers::<Data<UserSettings>>(200),
        patch(settings, change, colleagues::choose)
            .about("Changes what the caller wants to be told of.")
            .takes::<SettingsBody>()
            .answers::<Data<UserSettings>>(200),
    ]
}

fn team_routes() -> Vec<Route> {
    let member = "/api/v1/teams/{id}/members/{user_id}";
    let mut routes = listed::<Team>(&words!("/api/v1/teams", "a team", "teams"));
    routes.extend([
        put(member, Agent(ManageUsers), teams::add_member)
            .about("Puts a user into a team.")
            .answers::<Data<entity::Team>>(200),
        delete(member, Agent(ManageUsers), teams::remove_member)
            .about("Takes a user out of a team.")
            .answers_empty(204),
    ]);
    routes
}

fn inbox_routes() -> Vec<Route> {
    let (all, one, change) = ("/api/inboxes", "/api/inboxes/{id}", Agent(ManageInboxes));
    vec![
        get(all, Agent(ReadDesk), inboxes::index)
            .about("Lists inboxes, the primary one first.")
            .public_api()
            .answers::<Data<Vec<Inbox>>>(200),
        get("/api/inboxes/primary", Agent(ReadDesk), inboxes::primary)
            .about("Shows the inbox that conversations without one go to.")
            .answers::<Data<Inbox>>(200),
        post(all, change, inboxes::create)
            .about("Adds an inbox.")
            .takes::<InboxBody>()
            .answers::<Data<Inbox>>(201),
        get(one, Agent(ReadDesk), inboxes::show)
            .about("Shows an inbox.")
            .answers::<Data<Inbox>>(200),
        put(one, change, inboxes::update)
            .about("Changes an inbox; what is left out stays.")
            .takes::<InboxBody>()
            .answers::<Data<Inbox>>(200),
        patch(one, change, inboxes::update)
            .about("Changes an inbox; what is left out stays.")
            .takes::<InboxBody>()
            .answers::<Data<Inbox>>(200),
        delete(one, change, inboxes::delete)
            .about("Deletes an inbox; its conversations go to the primary one.")
            .answers_empty(204),
    ]
}

fn door_routes() -> Vec<Route> {
    let (secret, member) = (
        "/api/v1/inboxes/{id}/identity_secret",
        "/api/v1/inboxes/{id}/members/{user_id}",
    );
    let change = Agent(ManageInboxes);
    vec![
        post(secret, change, inboxes::renew_secret)
            .about("Makes a new secret for signing visitors' identities, and shows it once.")
            .answers::<Data<IdentitySecret>>(200),
        delete(secret, change, inboxes::forget_secret)
            .about("Forgets the secret for signing visitors' identities.")
            .answers_empty(204),
        put(member, change, inboxes::add_member)
            .about("Makes a user a member of an inbox.")
            .answers_empty(204),
        delete(member, change, inboxes::remove_member)
            .about("Ends a user's membership of an inbox.")
            .answers_empty(204),
    ]
}
