//! The control API, `/__sandbox_ds`: what a test needs to play the other side. JSON in, JSON out.

mod disturbances;
mod dossiers;
mod setup;
mod world;

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::App;

/// The routes of the control API.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/__sandbox_ds/reset", post(world::reset))
        .route("/__sandbox_ds/state", get(world::state))
        .route("/__sandbox_ds/seed", post(world::seed))
        .route("/__sandbox_ds/requests", get(disturbances::requests).delete(disturbances::forget))
        .route("/__sandbox_ds/limits", get(disturbances::limits).post(disturbances::set_limits))
        .route(
            "/__sandbox_ds/faults",
            get(disturbances::faults).post(disturbances::disturb).delete(disturbances::recover),
        )
        .route(
            "/__sandbox_ds/webhooks",
            get(disturbances::webhooks).post(disturbances::add_webhook),
        )
        .route("/__sandbox_ds/webhooks/mode", post(disturbances::set_mode))
        .route("/__sandbox_ds/webhooks/{id}", post(disturbances::change_webhook))
        .route("/__sandbox_ds/tokens", get(setup::tokens).post(setup::make_token))
        .route("/__sandbox_ds/tokens/{id}", post(setup::change_token).delete(setup::revoke_token))
        .route("/__sandbox_ds/demarches", post(setup::add_demarche))
        .route("/__sandbox_ds/demarches/{number}", get(setup::demarche))
        .route("/__sandbox_ds/demarches/{number}/groupes", post(setup::add_groupe))
        .route("/__sandbox_ds/demarches/{number}/labels", post(setup::make_label))
        .route("/__sandbox_ds/demarches/{number}/revision", post(setup::revise))
        .route(
            "/__sandbox_ds/demarches/{number}/dossiers",
            get(dossiers::list).post(dossiers::file),
        )
        .route("/__sandbox_ds/groupes/{id}", post(setup::change_groupe))
        .route("/__sandbox_ds/dossiers/{number}", get(dossiers::show))
        .route("/__sandbox_ds/dossiers/{number}/messages", get(dossiers::messages))
        .route("/__sandbox_ds/dossiers/{number}/{action}", post(dossiers::act))
}

/// Why a command is not carried out.
#[derive(Debug)]
pub enum Refused {
    /// There is no such thing.
    Missing,
    /// The body can't be read, or the platform says no.
    Because(String),
}

impl From<String> for Refused {
    fn from(reason: String) -> Self {
        Self::Because(reason)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, reason) = match self {
            Self::Missing => (StatusCode::NOT_FOUND, "no such thing".to_owned()),
            Self::Because(reason) => (StatusCode::UNPROCESSABLE_ENTITY, reason),
        };
        (status, axum::Json(json!({"error": reason}))).into_response()
    }
}

/// Reads a JSON body; an empty one stands for `{}`.
fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refused> {
    let text: &[u8] = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(text).map_err(|error| Refused::Because(error.to_string()))
}
