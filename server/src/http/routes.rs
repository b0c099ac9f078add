//! The table of routes, one line per route, one file per group.

mod accounts;
mod additions;
mod admin;
mod ai;
mod autonomy;
mod bulk;
mod customers;
mod desk;
mod hooks;
mod knowledge;
mod knowledge_sources;
mod mail;
mod nouns;
mod pages;
mod people;
mod privacy;
mod scheduled;
mod server;
mod sessions;
mod sorting;
mod views;
mod visitors;
mod work;

use crate::http::route::Route;

/// Every route of the REST surface, pages included. Hooks of later channels come in here too.
#[must_use]
pub fn all() -> Vec<Route> {
    [
        server::routes(),
        pages::routes(),
        sessions::routes(),
        desk::routes(),
        visitors::routes(),
        additions::routes(),
        bulk::routes(),
        ai::routes(),
        autonomy::routes(),
        sorting::routes(),
        knowledge::routes(),
        knowledge_sources::routes(),
        views::routes(),
        scheduled::routes(),
        customers::routes(),
        nouns::routes(),
        accounts::routes(),
        people::routes(),
        privacy::routes(),
        admin::routes(),
        work::routes(),
        hooks::routes(),
        mail::routes(),
    ]
    .concat()
}
