//! Routes for mail: what messages are as mails, and what waits.

use crate::http::handlers::google::{self, Back, ConsentPage};
use crate::http::handlers::mail_hook;
use crate::http::handlers::mails;
use crate::http::handlers::quarantine::{self, Retried, WaitingPage, WaitingQuery};
use crate::http::openapi::ErrorBody;
use crate::http::route::Access::{Agent, Anyone};
use crate::http::route::{Route, delete, get, post};
use crate::http::wire::{MailShown, WaitingMail};
use frontdesk_domain::policy::Permission::{ManageIntegrations, ReadDesk};
use frontdesk_protocol::entity::Data;

pub(super) fn routes() -> Vec<Route> {
    let (one, may) = ("/api/v1/quarantine/{id}", Agent(ManageIntegrations));
    vec![
        get("/api/v1/messages/{id}/mail", Agent(ReadDesk), mails::show)
            .about("Shows what a message is as a mail: its header, its HTML, what it quotes.")
            .answers::<Data<MailShown>>(200),
        get("/api/v1/quarantine", may, quarantine::index)
            .about("Lists mails that could not be taken in and wait, oldest first, in pages.")
            .query::<WaitingQuery>()
            .answers::<WaitingPage>(200),
        get(one, may, quarantine::show)
            .about("Shows a mail that waits, and why.")
            .answers::<Data<WaitingMail>>(200),
        get("/api/v1/quarantine/{id}/raw", may, quarantine::raw)
            .about("The mail itself, as it came.")
            .answers_media(200, "message/rfc822"),
        post("/api/v1/quarantine/{id}/retry", may, quarantine::retry)
            .about("Tries again to take a mail in; 409 where its mailbox is gone.")
            .answers::<Data<Retried>>(200),
        delete(one, may, quarantine::discard)
            .about("Throws a mail away for good.")
            .answers_empty(204),
        post("/api/v1/connections/{id}/authorize", may, google::authorize)
            .about("Makes the address where the owner of a mailbox at Google lets this server in.")
            .answers::<Data<ConsentPage>>(200),
        get("/api/hooks/google", Anyone, google::back)
            .about("Where Google sends owners of mailboxes back to, proven by the state.")
            .query::<Back>()
            .answers_media(200, "text/html; charset=utf-8")
            .answers_media(400, "text/html; charset=utf-8")
            .answers::<ErrorBody>(400),
        post("/api/hooks/{id}/push", Anyone, google::told)
            .about("Google tells that a mailbox has changed, proven by its signature.")
            .takes_media::<String>("*/*")
            .answers_empty(204),
        post("/api/hooks/{id}/mime", Anyone, mail_hook::take)
            .about("Takes a mail that a provider posts to a mailbox, proven by its signature.")
            .takes_media::<String>("*/*")
            .answers_empty(200)
            .streams(),
    ]
}
