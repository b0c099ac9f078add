//! Makes the router from the table of routes.

use crate::app::App;
use crate::http::error::ApiError;
use crate::http::guard::{Door, admit};
use crate::http::route::{Reach, Route};
use crate::http::{cors, routes};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;

/// The whole REST surface, behind its doors.
pub(crate) fn router(app: &App) -> Router {
    let mut router = Router::new();
    for route in routes::all() {
        router = add(router, app, route);
    }
    router
        .fallback(|| async { ApiError::NoSuchAddress })
        .method_not_allowed_fallback(|| async { ApiError::MethodNotAllowed })
        .layer(DefaultBodyLimit::max(app.config.limits.body.bytes()))
        .layer(middleware::from_fn(cors::open))
        .with_state(app.clone())
}

fn add(mut router: Router<App>, app: &App, route: Route) -> Router<App> {
    let door = |reach| Door {
        app: app.clone(),
        access: route.access,
        reach,
        pace: route.pace,
        weight: route.weight,
    };
    if let Some(path) = route.public_path() {
        let door = door(Reach::PublicApi);
        let guarded = route
            .handler
            .clone()
            .route_layer(middleware::from_fn_with_state(door, admit));
        router = router.route(&path, guarded);
    }
    // The additions of Frontdesk's own live below `/api/v1` only, and take keys there.
    let reach = if route.path.starts_with("/api/v1/") {
        Reach::PublicApi
    } else {
        Reach::Plain
    };
    let guarded = route
        .handler
        .route_layer(middleware::from_fn_with_state(door(reach), admit));
    router.route(route.path, guarded)
}
