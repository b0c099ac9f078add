//! Routes for visitors' pages: the chat widget and the recorder of visits.

use crate::http::handlers::browser_sessions::{self, VisitFields, VisitorId};
use crate::http::handlers::files::{self, UploadForm};
use crate::http::handlers::shares::{self, Shared, SharedQuery};
use crate::http::handlers::visitors::{
    self, ChatsQuery, Described, Identified, VisitorFields, Whom,
};
use crate::http::handlers::widget_settings::{self, LookFields, SightingBody, WidgetQuery};
use crate::http::route::Access::{Agent, Anyone};
use crate::http::route::{Route, get, post, put};
use frontdesk_domain::policy::Permission::{ManageInboxes, ReadDesk, WorkConversations};
use frontdesk_protocol::entity::{
    BrowserSession, ConversationFull, Customer, CustomerFull, Data, File, WidgetSettings,
    WidgetSettingsWithAccount,
};

pub(super) fn routes() -> Vec<Route> {
    [
        customer_routes(),
        conversation_routes(),
        widget_routes(),
        file_routes(),
        visit_routes(),
    ]
    .concat()
}

fn customer_routes() -> Vec<Route> {
    let identify = "/api/customers/identify";
    vec![
        post("/api/customers", Anyone, visitors::create)
            .about("Makes a customer, or finds the one a signature proves the visitor to be.")
            .public_api()
            .takes::<VisitorFields>()
            .answers::<Data<Customer>>(201),
        get(identify, Anyone, visitors::identify)
            .about("Which customer has this external id. The proven are found with a signature.")
            .query::<Whom>()
            .answers::<Data<Identified>>(200),
        post(identify, Anyone, visitors::identify_by_body)
            .about("Which customer has this external id, asked without an address to log.")
            .takes_plain::<Whom>()
            .answers::<Data<Identified>>(200),
        get("/api/customers/{id}/exists", Anyone, visitors::exists)
            .about("Whether there is such a customer.")
            .answers::<Data<bool>>(200),
        put("/api/customers/{id}/metadata", Anyone, visitors::describe)
            .about("Tells more about a customer, as their own page. Who is proven may rename themselves with a signature only.")
            .takes::<Described>()
            .answers::<Data<CustomerFull>>(200),
    ]
}

fn conversation_routes() -> Vec<Route> {
    vec![
        get("/api/conversations/customer", Anyone, visitors::chats)
            .about("A customer's open chats, the newest first, without private messages.")
            .query::<ChatsQuery>()
            .answers::<Data<Vec<ConversationFull>>>(200),
        get("/api/conversations/shared", Anyone, shares::shared)
            .about("The conversation a link shows, without private messages.")
            .query::<SharedQuery>()
            .answers::<Data<ConversationFull>>(200),
        post(
            "/api/conversations/{id}/share",
            Agent(WorkConversations),
            shares::share,
        )
        .about("Makes a link by which anybody may read this conversation for 24 hours.")
        .answers::<Data<Shared>>(200),
    ]
}

fn widget_routes() -> Vec<Route> {
    vec![
        get("/api/widget_settings", Anyone, widget_settings::show)
            .about("How the widget of an inbox looks.")
            .query::<WidgetQuery>()
            .answers::<Data<WidgetSettingsWithAccount>>(200),
        put(
            "/api/widget_settings",
            Agent(ManageInboxes),
            widget_settings::update,
        )
        .about("Changes how the widget of an inbox looks; what is left out stays.")
        .takes::<LookFields>()
        .answers::<Data<WidgetSettings>>(200),
        put(
            "/api/widget_settings/metadata",
            Anyone,
            widget_settings::sighted,
        )
        .about("Notes where a page shows the widget.")
        .takes_plain::<SightingBody>()
        .answers::<Data<WidgetSettings>>(200),
    ]
}

fn file_routes() -> Vec<Route> {
    vec![
        post("/api/upload", Anyone, files::upload)
            .public_api()
            .about("Keeps a file for a message.")
            .streams()
            .takes_media::<UploadForm>("multipart/form-data")
            .answers::<Data<File>>(201),
        get("/api/v1/files/{id}", Agent(ReadDesk), files::show)
            .about("A file with a link that holds from now, for whoever sees a conversation it was sent in.")
            .answers::<Data<File>>(200),
        get("/files/{account_id}/{id}/{name}", Anyone, files::fetch)
            .about("A file, to be kept and not to be run: by a link that holds, or for whoever sees it. Parts can be asked for.")
            .answers_media(200, "*/*"),
    ]
}

fn visit_routes() -> Vec<Route> {
    vec![
        post("/api/browser_sessions", Anyone, browser_sessions::create)
            .about("Begins to record a visit.")
            .takes::<VisitFields>()
            .answers::<Data<BrowserSession>>(201),
        get(
            "/api/browser_sessions/{id}/exists",
            Anyone,
            browser_sessions::exists,
        )
        .about("Whether there is such a visit.")
        .answers::<Data<bool>>(200),
        post(
            "/api/browser_sessions/{id}/finish",
            Anyone,
            browser_sessions::finish,
        )
        .about("Ends a visit. Beacons send a form, which is not looked at.")
        .answers::<Data<BrowserSession>>(200),
        post(
            "/api/browser_sessions/{id}/restart",
            Anyone,
            browser_sessions::restart,
        )
        .about("Goes on with a visit that had ended.")
        .answers::<Data<BrowserSession>>(200),
        post(
            "/api/browser_sessions/{id}/identify",
            Anyone,
            browser_sessions::identify,
        )
        .about("Notes whose visit it is.")
        .takes_plain::<VisitorId>()
        .answers::<Data<BrowserSession>>(200),
    ]
}
