//! The control API, `/__sandbox`: what a test needs to play the other side. JSON in, JSON out.

mod deliveries;
mod mails;
mod many;
mod people;
mod rdvs;
mod settings;

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::state::world::Missing;
use crate::web::App;

/// The routes of the control API.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/__sandbox/state", get(settings::state))
        .route("/__sandbox/reset", post(settings::reset))
        .route("/__sandbox/clock", get(settings::read_clock).post(settings::set_clock))
        .route("/__sandbox/mode", get(settings::read_mode).post(settings::set_mode))
        .route("/__sandbox/faults", get(settings::read_faults).post(settings::set_faults))
        .route("/__sandbox/rdvs", get(rdvs::list).post(rdvs::create))
        .route("/__sandbox/rdvs/bulk", post(many::create_many))
        .route("/__sandbox/rdvs/{id}/mails", get(mails::list))
        .route("/__sandbox/rdvs/{id}/{action}", post(rdvs::act))
        .route("/__sandbox/collective", post(many::create_collective))
        .route("/__sandbox/users/{id}/{action}", post(people::act))
        .route("/__sandbox/endpoints/{id}/backfill", post(people::backfill))
        .route("/__sandbox/deliveries", get(deliveries::list))
        .route("/__sandbox/deliveries/summary", get(deliveries::summary))
        .route("/__sandbox/deliveries/{id}/{action}", post(deliveries::act))
}

/// Why a command is not carried out.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("no such thing")]
    Missing,
    #[error("{0}")]
    Unreadable(String),
}

impl From<Missing> for Refused {
    fn from(_: Missing) -> Self {
        Self::Missing
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Missing => StatusCode::NOT_FOUND,
            Self::Unreadable(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        (status, axum::Json(json!({"error": self.to_string()}))).into_response()
    }
}

fn unreadable(what: &str) -> Refused {
    Refused::Unreadable(what.to_owned())
}

/// Reads a JSON body; an empty one stands for `{}`.
fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refused> {
    let text: &[u8] = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(text).map_err(|error| Refused::Unreadable(error.to_string()))
}
