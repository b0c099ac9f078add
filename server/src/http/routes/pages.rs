//! Routes for browsers: the chat page, what it is made of, and the script that sites include.

use crate::http::handlers::pages;
use crate::http::route::Access::Anyone;
use crate::http::route::{Route, get};

pub(super) fn routes() -> Vec<Route> {
    let html = "text/html; charset=utf-8";
    vec![
        get("/", Anyone, pages::home)
            .about("A page that says what runs here.")
            .answers_media(200, html),
        get("/chat", Anyone, pages::chat)
            .about("The chat, to be opened by itself or shown in a frame. docs/WIDGET.md has its parameters.")
            .answers_media(200, html),
        get("/chat/{file}", Anyone, pages::chat_file)
            .about("The script or the style of the chat page.")
            .answers_media(200, "*/*"),
        get("/widget.js", Anyone, pages::loader)
            .about("The script that puts the chat on a site's pages.")
            .answers_media(200, "text/javascript; charset=utf-8"),
    ]
}
