//! What was sent and answered, and sending it otherwise.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, read, unreadable};
use crate::clock::wall_clock;
use crate::model::{Delivery, DeliveryId, DeliveryStatus, OrganisationId, RdvId};
use crate::web::App;
use crate::webhooks::queue;
use crate::world::{Missing, World};

/// Which deliveries; all when nothing is said.
#[derive(Debug, Deserialize)]
pub struct Filter {
    organisation_id: Option<OrganisationId>,
    rdv_id: Option<RdvId>,
    status: Option<DeliveryStatus>,
}

/// `GET /__sandbox/deliveries`
pub async fn list(State(app): State<App>, Query(filter): Query<Filter>) -> Json<Value> {
    let deliveries = app.store.read(|world, _| {
        let chosen = world.deliveries.values().filter(|d| {
            filter.organisation_id.is_none_or(|id| d.organisation_id == id)
                && filter.rdv_id.is_none_or(|id| d.rdv_id == id)
                && filter.status.is_none_or(|status| d.status == status)
        });
        chosen.map(|delivery| described(world, delivery)).collect::<Vec<_>>()
    });
    Json(json!({"deliveries": deliveries}))
}

fn described(world: &World, delivery: &Delivery) -> Value {
    let mut described = json!(delivery);
    let endpoint = world.endpoints.get(&delivery.endpoint_id);
    described["target_url"] = json!(endpoint.map(|endpoint| &endpoint.target_url));
    described
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Details {
    seconds: Option<f64>,
}

/// `POST /__sandbox/deliveries/{id}/{action}`. A replay waits for the answer.
pub async fn act(
    State(app): State<App>,
    Path((id, action)): Path<(DeliveryId, String)>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let Details { seconds } = read(&body)?;
    let store = &app.store;
    let shown = match action.as_str() {
        "replay" => {
            app.courier.replay(store, id).await?;
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
