//! What was sent and answered, and sending it otherwise.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, read, unreadable};
use crate::model::{Delivery, DeliveryId, DeliveryStatus, OrganisationId, RdvId, Tamper};
use crate::state::clock::wall_clock;
use crate::state::world::{Missing, World};
use crate::web::App;
use crate::webhooks::{queue, tamper};

/// Which deliveries; all when nothing is said.
#[derive(Debug, Deserialize)]
pub struct Filter {
    organisation_id: Option<OrganisationId>,
    rdv_id: Option<RdvId>,
    status: Option<DeliveryStatus>,
    /// False leaves the bodies out.
    bodies: Option<bool>,
}

/// `GET /__sandbox/deliveries`
pub async fn list(State(app): State<App>, Query(filter): Query<Filter>) -> Json<Value> {
    let deliveries = app.store.read(|world, _| {
        let chosen = world.deliveries.values().filter(|d| {
            filter.organisation_id.is_none_or(|id| d.organisation_id == id)
                && filter.rdv_id.is_none_or(|id| d.rdv_id == id)
                && filter.status.is_none_or(|status| d.status == status)
        });
        let mut shown: Vec<_> = chosen.map(|delivery| described(world, delivery)).collect();
        if filter.bodies == Some(false) {
            for delivery in shown.iter_mut().filter_map(Value::as_object_mut) {
                delivery.remove("body");
                delivery.remove("sent_body");
            }
        }
        shown
    });
    Json(json!({"deliveries": deliveries}))
}

/// `GET /__sandbox/deliveries/summary`: how many in each state, and how many requests were made.
pub async fn summary(State(app): State<App>) -> Json<Value> {
    let (counts, attempts, pending) = app.store.read(|world, _| {
        let mut counts = BTreeMap::new();
        let mut attempts = 0;
        for delivery in world.deliveries.values() {
            *counts.entry(delivery.status.code()).or_insert(0_usize) += 1;
            attempts += delivery.attempts.len();
        }
        (counts, attempts, world.deliveries.pending())
    });
    let total: usize = counts.values().sum();
    Json(json!({"total": total, "pending": pending, "attempts": attempts, "status": counts}))
}

fn described(world: &World, delivery: &Delivery) -> Value {
    let mut described = json!(delivery);
    let endpoint = world.endpoints.get(&delivery.endpoint_id);
    described["target_url"] = json!(endpoint.map(|endpoint| &endpoint.target_url));
    if let (Some(tampered), Some(body), Some(endpoint)) =
        (delivery.tampered, &delivery.body, endpoint)
    {
        let (sent, _) = tamper::apply(Some(tampered), body.clone(), &endpoint.secret);
        described["sent_body"] = json!(sent);
    }
    described
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Details {
    seconds: Option<f64>,
    /// How to disturb a replay.
    tamper: Option<Tamper>,
}

/// `POST /__sandbox/deliveries/{id}/{action}`. A replay waits for the answer.
pub async fn act(
    State(app): State<App>,
    Path((id, action)): Path<(DeliveryId, String)>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let Details { seconds, tamper } = read(&body)?;
    let store = &app.store;
    let shown = match action.as_str() {
        "replay" => {
            app.courier.replay(store, id, tamper).await?;
            id
        }
        "drop" => {
            store.change(|world, _| queue::drop_delivery(world, id)).await?;
            id
        }
        "duplicate" => store.change(|world, _| queue::duplicate(world, id)).await?,
        "delay" => {
            let wait = seconds
                .filter(|seconds| (0.0..=86_400.0).contains(seconds))
                .ok_or_else(|| unreadable("seconds: a number up to 86400 is expected"))?;
            let until = wall_clock() + TimeDelta::milliseconds((wait * 1000.0) as i64);
            store.change(|world, _| queue::delay(world, id, until)).await?;
            id
        }
        _ => return Err(Missing.into()),
    };
    app.store.read(|world, _| {
        let delivery = world.deliveries.get(&shown).ok_or(Missing)?;
        Ok(Json(json!({"delivery": described(world, delivery)})))
    })
}
