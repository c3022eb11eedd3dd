//! The platform on its own address: the API, the pages, the control API.

pub mod callers;
pub mod control;
pub mod errors;
pub mod faults;
pub mod graphql;
pub mod serve;

use std::sync::Arc;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::middleware;
use axum::routing::{get, post};

use super::pages;
use super::schema::Schema;
use super::store::Store;
use crate::web::guard;

/// What every handler can reach.
#[derive(Clone)]
pub struct App {
    /// The platform's state.
    pub store: Arc<Store>,
    /// What executes queries.
    pub schema: Schema,
    /// Its own address, without final slash.
    pub url: Arc<str>,
    /// How a world begins.
    pub seed: fn(crate::state::draws::Draws, chrono::DateTime<chrono::Utc>) -> super::world::World,
}

/// All routes.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/api/v2/graphql", post(graphql::post))
        .merge(control::routes())
        .merge(pages::routes())
        .route("/healthz", get(|| async { "ok" }))
        .route("/assets/sandbox.css", get(style))
        .fallback(|| async { pages::layout::not_found() })
        .layer(middleware::from_fn(guard::same_origin))
        .layer(middleware::from_fn(guard::headers))
        .with_state(app)
}

async fn style() -> impl axum::response::IntoResponse {
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
    (headers, include_str!("../../../assets/sandbox.css"))
}
