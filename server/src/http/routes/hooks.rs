//! Routes that providers call, and those by which an app comes to be one of theirs.

use crate::http::handlers::slack::{self, Decided, InstallPage};
use crate::http::handlers::{hooks, shared_hooks};
use crate::http::openapi::ErrorBody;
use crate::http::route::Access::{Agent, Anyone};
use crate::http::route::{Route, get, post};
use frontdesk_domain::policy::Permission::ManageIntegrations;
use frontdesk_protocol::entity::Data;

pub(super) fn routes() -> Vec<Route> {
    let may = Agent(ManageIntegrations);
    vec![
        post("/api/hooks/{id}", Anyone, hooks::hear)
            .about("What the provider of a connection tells, proven by its signature or key.")
            .takes_media::<String>("*/*")
            .answers_empty(204),
        post("/api/twilio/webhook", Anyone, shared_hooks::twilio)
            .about("What Twilio tells of any number, proven by its signature.")
            .takes_media::<String>("*/*")
            .answers_empty(200),
        post("/api/slack/webhook", Anyone, shared_hooks::slack)
            .about("What Slack tells an app of any workspace, proven by its signature.")
            .takes_media::<String>("*/*")
            .answers_empty(200),
        post("/api/slack/actions", Anyone, shared_hooks::slack)
            .about("Buttons and commands of any workspace, proven by their signature.")
            .takes_media::<String>("*/*")
            .answers_empty(200),
        post("/api/v1/connections/{id}/install", may, slack::begin)
            .about("Names the page on which the app of a connection is installed in a workspace.")
            .answers::<Data<InstallPage>>(200),
        get("/api/slack/oauth", Anyone, slack::finish)
            .about("Where Slack sends whoever has decided about an app, with a code.")
            .query::<Decided>()
            .answers_media(200, "text/plain")
            .answers_media(400, "text/plain")
            .answers::<ErrorBody>(400),
    ]
}
