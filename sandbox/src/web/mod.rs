//! The web around the pages: routes, sessions, forms, errors, layout.

pub mod error;
pub mod extract;
pub mod guard;
pub mod layout;
pub mod links;
pub mod visitor;

use std::sync::Arc;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::middleware;
use axum::routing::get;

use crate::config::Config;
use crate::state::store::Store;
use crate::webhooks::deliver::Courier;
use crate::{api, pages};

/// What every handler can reach.
#[derive(Clone)]
pub struct App {
    /// The platform's state.
    pub store: Arc<Store>,
    /// Sends deliveries on demand.
    pub courier: Courier,
    /// How the binary was started.
    pub config: Arc<Config>,
}

/// All routes.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(pages::routes())
        .merge(api::control::routes())
        .merge(api::v1::routes(&app))
        .route("/healthz", get(|| async { "ok" }))
        .route("/assets/sandbox.css", get(style))
        .fallback(|visitor| async move { error::Problem::NotFound.page(&visitor) })
        .layer(middleware::from_fn(guard::same_origin))
        .layer(middleware::from_fn(guard::headers))
        .with_state(app)
}

async fn style() -> impl axum::response::IntoResponse {
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
    (headers, include_str!("../../assets/sandbox.css"))
}
