//! The failures that a test or a curious person asks for, and the older shape of errors.

use std::time::Duration;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use serde_json::json;

use super::errors::ApiError;
use crate::config::Profile;
use crate::model::{Failure, FailureKind};
use crate::state::world::World;
use crate::web::App;

const SLOW_S: u64 = 30;
const RETRY_AFTER_S: u64 = 1;
const LONGEST_ANSWER: usize = 16 * 1024 * 1024;

/// Answers in the place of the API when it is made to fail.
pub async fn answer(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let fails = app.store.read(|world, _| applies(world, &path));
    if !fails {
        return in_its_time(&app, next.run(request).await);
    }
    // Counted under one lock, so that « twice » is twice whatever comes at the same time.
    let Some(failure) = app.store.change(|world, _| take(world, &path)).await else {
        return in_its_time(&app, next.run(request).await);
    };
    match failure.kind {
        FailureKind::Slow => {
            tokio::time::sleep(Duration::from_secs(failure.seconds.unwrap_or(SLOW_S))).await;
            in_its_time(&app, next.run(request).await)
        }
        FailureKind::Truncated => truncated(next.run(request).await).await,
        _ => instead(&failure),
    }
}

fn applies(world: &World, path: &str) -> bool {
    world.faults.failure.as_ref().is_some_and(|failure| {
        path.contains(failure.path.as_deref().unwrap_or("/api/")) && failure.times != Some(0)
    })
}

fn take(world: &mut World, path: &str) -> Option<Failure> {
    if !applies(world, path) {
        return None;
    }
    let failure = world.faults.failure.as_mut()?;
    let taken = failure.clone();
    if let Some(times) = &mut failure.times {
        *times -= 1;
        if *times == 0 {
            world.faults.failure = None;
        }
    }
    Some(taken)
}

fn instead(failure: &Failure) -> Response {
    let wait = failure.seconds.unwrap_or(RETRY_AFTER_S).to_string();
    match failure.kind {
        FailureKind::Unauthorized => ApiError::Unauthorized.into_response(),
        FailureKind::Forbidden => ApiError::Forbidden.into_response(),
        FailureKind::NotFound => ApiError::NotFound("record").into_response(),
        FailureKind::TooManyRequests => {
            let body = json!({"errors": ["Limite d’utilisation atteinte. Réessayez plus tard."]});
            (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, wait)], Json(body)).into_response()
        }
        FailureKind::Unavailable => {
            let page = Html("<html><body><h1>Maintenance en cours</h1></body></html>");
            (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, wait)], page).into_response()
        }
        FailureKind::Html => {
            Html("<html><body><h1>Vérification de votre navigateur</h1></body></html>")
                .into_response()
        }
        FailureKind::InternalError | FailureKind::Slow | FailureKind::Truncated => {
            let body = json!({"errors": ["Unexpected internal error"]});
            (StatusCode::INTERNAL_SERVER_ERROR, Json(body)).into_response()
        }
    }
}

/// The first half of the body.
async fn truncated(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, LONGEST_ANSWER).await.unwrap_or_default();
    parts.headers.remove(axum::http::header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(bytes.slice(..bytes.len() / 2)))
}

/// Errors of 2024 also have `success`.
fn in_its_time(app: &App, response: Response) -> Response {
    let older = app.store.read(|world, _| world.settings.profile == Profile::October2024);
    match response.extensions().get::<ApiError>() {
        Some(error) if older => {
            let (status, body) = error.parts(true);
            (status, Json(body)).into_response()
        }
        _ => response,
    }
}
