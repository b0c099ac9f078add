//! Routes for coming in, for one's own account and for its users.

use crate::http::handlers::accounts::{self, AccountBody};
use crate::http::handlers::business_context::{self as context, ContextBody};
use crate::http::handlers::invitations::{self, InvitationMail, NewInvitation};
use crate::http::handlers::onboarding::{self, Founded, Onboarding};
use crate::http::handlers::passwords::{self, Reset, Success, Verification, WasReset};
use crate::http::handlers::registration::{self, NewRegistration, Welcome};
use crate::http::handlers::sessions::Nothing;
use crate::http::handlers::user_admin::{self, NewRole, NewVisibility};
use crate::http::openapi::ErrorBody;
use crate::http::route::Access::{Agent, Anyone};
use crate::http::route::{Route, get, patch, post, put};
use frontdesk_domain::policy::Permission::{ManageSettings, ManageUsers, ReadDesk};
use frontdesk_protocol::entity::{AccountFull, BusinessContext, Data, User, UserInvitation};

pub(super) fn routes() -> Vec<Route> {
    [
        coming_in(),
        own_account(),
        business_context(),
        invitations(),
        users(),
    ]
    .concat()
}

fn coming_in() -> Vec<Route> {
    vec![
        post("/api/registration", Anyone, registration::create)
            .about("Opens an account, or joins the one that invited; signs in.")
            .takes::<NewRegistration>()
            .answers::<Data<Welcome>>(200)
            .answers::<ErrorBody>(500),
        post("/api/onboarding", Anyone, onboarding::create)
            .about("Opens an account with what its AI should know.")
            .takes_plain::<Onboarding>()
            .answers::<Founded>(201),
        put("/api/reset_password", Anyone, passwords::reset)
            .about("Sets a new password with a reset token, which works once; ends all sessions.")
            .takes_plain::<Reset>()
            .answers::<Data<WasReset>>(200),
        post("/api/verify_email", Anyone, passwords::verify_email)
            .about("Addresses need no verification here, so no token is ever right.")
            .takes_plain::<Verification>()
            .answers::<Data<Success>>(200),
    ]
}

fn own_account() -> Vec<Route> {
    let path = "/api/accounts/{id}";
    vec![
        get(path, Agent(ReadDesk), accounts::show)
            .about("One's own account, whatever the id says.")
            .answers::<Data<AccountFull>>(200),
        put(path, Agent(ManageSettings), accounts::update)
            .about("Changes one's own account; what is left out stays.")
            .takes::<AccountBody>()
            .answers::<Data<AccountFull>>(200),
        patch(path, Agent(ManageSettings), accounts::update)
            .about("Changes one's own account; what is left out stays.")
            .takes::<AccountBody>()
            .answers::<Data<AccountFull>>(200),
    ]
}

fn business_context() -> Vec<Route> {
    let (path, may) = ("/api/business_context", Agent(ManageSettings));
    vec![
        get(path, Agent(ReadDesk), context::show)
            .about("What the company is and does, for those who write in its name.")
            .answers::<BusinessContext>(200),
        post(path, may, context::create)
            .about("Says what the company is and does; what is left out stays.")
            .takes_plain::<ContextBody>()
            .answers::<BusinessContext>(201),
        put(path, may, context::update)
            .about("Says what the company is and does; what is left out stays.")
            .takes_plain::<ContextBody>()
            .answers::<BusinessContext>(200),
        patch(path, may, context::update)
            .about("Says what the company is and does; what is left out stays.")
            .takes_plain::<ContextBody>()
            .answers::<BusinessContext>(200),
    ]
}

fn invitations() -> Vec<Route> {
    let may = Agent(ManageUsers);
    vec![
        post("/api/user_invitations", may, invitations::create)
            .about("Invites somebody; the id is the token they register with, shown this once.")
            .takes_plain::<NewInvitation>()
            .answers::<Data<UserInvitation>>(201),
        post("/api/user_invitation_emails", may, invitations::mail)
            .about("Notes an invitation by mail. No mail is sent yet: hand out the token of user_invitations.")
            .takes_plain::<InvitationMail>()
            .answers::<Nothing>(201),
    ]
}

fn users() -> Vec<Route> {
    let may = Agent(ManageUsers);
    vec![
        post("/api/users/{id}/disable", may, user_admin::disable)
            .about("Takes a user's access away and ends their sessions.")
            .answers::<Data<User>>(200),
        post("/api/users/{id}/enable", may, user_admin::enable)
            .about("Gives a user their access back.")
            .answers::<Data<User>>(200),
        post("/api/users/{id}/archive", may, user_admin::archive)
            .about("Takes a user off the team for good.")
            .answers::<Data<User>>(200),
        put("/api/users/{id}/role", may, user_admin::set_role)
            .about("Gives a user another role: admin, user or viewer.")
            .takes_plain::<NewRole>()
            .answers::<Data<User>>(200),
        patch("/api/users/{id}/role", may, user_admin::set_role)
            .about("Gives a user another role: admin, user or viewer.")
            .takes_plain::<NewRole>()
            .answers::<Data<User>>(200),
        put(
            "/api/v1/users/{id}/visibility",
            may,
            user_admin::set_visibility,
        )
        .about("Says which conversations a user sees.")
        .takes_plain::<NewVisibility>()
        .answers::<Data<User>>(200),
    ]
}
