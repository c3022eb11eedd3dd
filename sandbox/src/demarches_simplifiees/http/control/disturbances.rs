//! How it fails, how often one may ask, what was asked, and where events go.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, read};
use crate::demarches_simplifiees::http::App;
use crate::demarches_simplifiees::model::{Fault, Requests, WebhookMode};
use crate::demarches_simplifiees::world::Limit;

/// `GET /__sandbox_ds/requests`: what was asked.
pub async fn requests(State(app): State<App>) -> Json<Value> {
    Json(app.store.read(|world| json!(world.requests)))
}

/// `DELETE /__sandbox_ds/requests`: counts from here on.
pub async fn forget(State(app): State<App>) -> Json<Value> {
    app.store.count(|world| world.requests = Requests::default());
    Json(json!({"ok": true}))
}

/// `GET /__sandbox_ds/limits`
pub async fn limits(State(app): State<App>) -> Json<Value> {
    Json(app.store.read(|world| json!(world.limit)))
}

/// `POST /__sandbox_ds/limits`
pub async fn set_limits(State(app): State<App>, body: Bytes) -> Result<Json<Value>, Refused> {
    let limit: Limit = read(&body)?;
    app.store.change(|world, _| world.limit = limit);
    app.store.forget_callers();
    Ok(Json(json!(limit)))
}

/// `GET /__sandbox_ds/faults`
pub async fn faults(State(app): State<App>) -> Json<Value> {
    Json(app.store.read(|world| json!(world.faults)))
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    Many(Vec<Fault>),
    One(Fault),
}

/// `POST /__sandbox_ds/faults`: one more, or several.
pub async fn disturb(State(app): State<App>, body: Bytes) -> Result<Json<Value>, Refused> {
    let more = match read(&body)? {
        OneOrMany::One(fault) => vec![fault],
        OneOrMany::Many(faults) => faults,
    };
    Ok(Json(app.store.change(|world, _| {
        world.faults.extend(more);
        json!(world.faults)
    })))
}

/// `DELETE /__sandbox_ds/faults`: none any more.
pub async fn recover(State(app): State<App>) -> Json<Value> {
    app.store.change(|world, _| world.faults.clear());
    Json(json!([]))
}

/// `GET /__sandbox_ds/webhooks`
pub async fn webhooks(State(app): State<App>) -> Json<Value> {
    Json(app.store.read(|world| {
        json!({"mode": world.webhooks, "endpoints": world.endpoints.values().collect::<Vec<_>>()})
    }))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewEndpoint {
    demarche: i64,
    url: String,
    secret: String,
}

/// `POST /__sandbox_ds/webhooks`
pub async fn add_webhook(State(app): State<App>, body: Bytes) -> Result<Json<Value>, Refused> {
    let NewEndpoint { demarche, url, secret } = read(&body)?;
    let id = app.store.change(|world, _| world.add_endpoint(demarche, &url, &secret));
    Ok(Json(json!({"id": id})))
}

/// `POST /__sandbox_ds/webhooks/mode`
pub async fn set_mode(State(app): State<App>, body: Bytes) -> Result<Json<Value>, Refused> {
    let mode: WebhookMode = read(&body)?;
    app.store.change(|world, _| world.webhooks = mode);
    Ok(Json(json!(mode)))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct EndpointChange {
    /// The secret becomes this one; the former one signs beside it.
    renew: Option<String>,
    /// Only the newest secret signs.
    end_renewal: bool,
    enabled: Option<bool>,
}

/// `POST /__sandbox_ds/webhooks/{id}`
pub async fn change_webhook(
    State(app): State<App>,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let change: EndpointChange = read(&body)?;
    app.store.change(|world, _| {
        let endpoint = world.endpoints.get_mut(&id).ok_or(Refused::Missing)?;
        if let Some(secret) = change.renew {
            endpoint.secrets.insert(0, secret);
        }
        if change.end_renewal {
            endpoint.secrets.truncate(1);
        }
        if let Some(enabled) = change.enabled {
            endpoint.enabled = enabled;
            endpoint.failures = 0;
        }
        Ok(Json(json!(endpoint)))
    })
}
