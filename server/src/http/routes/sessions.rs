//! Routes for signing in and out.

use crate::http::handlers::passwords::{self, Forgotten, Noted};
use crate::http::handlers::sessions::{
    self as handler, Me, Nothing, SessionAnswer, SessionView, SignIn,
};
use crate::http::route::Access::{Agent, Anyone};
use crate::http::route::{Route, delete, get, post};
use frontdesk_domain::policy::Permission::{ManageOwnProfile, ReadDesk};
use frontdesk_protocol::entity::Data;

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/api/session", Anyone, handler::create)
            .about("Signs in.")
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
