//! Routes for signing in and out.

use crate::http::handlers::passwords::{self, Forgotten, Noted};
use crate::http::handlers::second_factor::{
    self as factor, Code, EnrolmentView, Password, RecoveryCodes, RuleBody, StandingView,
};
use crate::http::handlers::sessions::{
    self as handler, Me, Nothing, SessionAnswer, SessionView, SignIn,
};
use crate::http::route::Access::{Agent, Anyone};
use crate::http::route::{Route, delete, get, post, put};
use frontdesk_domain::policy::Permission::{ManageOwnProfile, ManageUsers, ReadDesk};
use frontdesk_protocol::entity::Data;

pub(super) fn routes() -> Vec<Route> {
    [sessions(), second_factor()].concat()
}

fn sessions() -> Vec<Route> {
    vec![
        post("/api/session", Anyone, handler::create)
            .about("Signs in. Where a code is wanted too, the answer is 401 with `second_factor`.")
            .takes::<SignIn>()
            .answers::<SessionAnswer>(200),
        post("/api/session/renew", Anyone, handler::renew)
            .about("Trades a renew token, sent as the authorization, for a new pair.")
            .answers::<SessionAnswer>(200),
        delete("/api/session", Anyone, handler::delete)
            .about("Signs out: the session's tokens and sockets end.")
            .answers::<Data<Nothing>>(200),
        get("/api/me", Agent(ReadDesk), handler::me)
            .about("Who is asking.")
            .public_api()
            .answers::<Data<Me>>(200),
        post("/api/reset_password", Anyone, passwords::forgot)
            .about("Asks for a password reset; the answer is the same for unknown addresses.")
            .takes_plain::<Forgotten>()
            .answers::<Data<Noted>>(200),
        get("/api/v1/sessions", Agent(ReadDesk), handler::index)
            .about("The devices on which the caller is signed in.")
            .answers::<Data<Vec<SessionView>>>(200),
        delete(
            "/api/v1/sessions/{id}",
            Agent(ManageOwnProfile),
            handler::end,
        )
        .about("Signs one of the caller's devices out; its sockets end.")
        .answers_empty(204),
    ]
}

/// Not below `/api/v1`: a key must not change how its owner signs in.
fn second_factor() -> Vec<Route> {
    let own = Agent(ManageOwnProfile);
    vec![
        get("/api/second_factor", Agent(ReadDesk), factor::show)
            .about("Whether the caller needs a code to sign in.")
            .answers::<Data<StandingView>>(200),
        post("/api/second_factor", own, factor::begin)
            .about("Begins to set up an authenticator app; its first code confirms it.")
            .takes_plain::<Password>()
            .answers::<Data<EnrolmentView>>(200),
        post("/api/second_factor/confirm", own, factor::confirm)
            .about("Confirms the app with a code; the recovery codes are shown this once.")
            .takes_plain::<Code>()
            .answers::<Data<RecoveryCodes>>(200),
        post("/api/second_factor/give_up", own, factor::give_up)
            .about("Gives the second factor up, with a code or a recovery code.")
            .takes_plain::<Code>()
            .answers_empty(204),
        post(
            "/api/second_factor/recovery_codes",
            own,
            factor::renew_codes,
        )
        .about("Makes new recovery codes; the old ones are void.")
        .takes_plain::<Code>()
        .answers::<Data<RecoveryCodes>>(200),
        put(
            "/api/second_factor/rule",
            Agent(ManageUsers),
            factor::set_rule,
        )
        .about("Requires a second factor of everybody, or not; sessions of those without end.")
        .takes_plain::<RuleBody>()
        .answers_empty(204),
        delete(
            "/api/users/{id}/second_factor",
            Agent(ManageUsers),
            factor::reset,
        )
        .about("Forgets the second factor of a user who has lost it, and ends their sessions.")
        .answers_empty(204),
    ]
}
