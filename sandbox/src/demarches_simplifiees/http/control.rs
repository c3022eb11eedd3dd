//! The control API, `/__sandbox_ds`: what a test needs to play the other side. JSON in, JSON out.

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use serde_json::{Value, json};

use super::App;

/// The routes of the control API.
pub fn routes() -> Router<App> {
    Router::new().route("/__sandbox_ds/requests", get(requests))
}

/// `GET /__sandbox_ds/requests`: what was asked.
async fn requests(State(app): State<App>) -> Json<Value> {
    Json(app.store.read(|world| json!(world.requests)))
}
