//! Which delivery leaves next, and what becomes of it after an attempt.

use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

use super::{backoff, payload, signature};
use crate::model::{Attempt, Delivery, DeliveryId, DeliveryStatus, Rdv, WebhookEndpoint};
use crate::world::{Missing, World, take};

/// Something ready to be posted.
#[derive(Debug)]
pub struct Shipment {
    /// Of which delivery.
    pub id: DeliveryId,
    /// Where to.
    pub target_url: String,
    /// The bytes.
    pub body: String,
    /// Their signature.
    pub signature: String,
}

/// The next delivery due at `real` (machine time) that is not already on its way. First attempts
/// pass before retries, as on the platform.
pub fn next_due(
    world: &mut World,
    in_flight: &BTreeSet<DeliveryId>,
    real: DateTime<Utc>,
) -> Option<DeliveryId> {
    if world.mode.hold {
        return None;
    }
    let due: Vec<_> = world
        .deliveries
        .values()
        .filter(|d| d.status == DeliveryStatus::Pending && !in_flight.contains(&d.id))
        .filter(|d| d.not_before.is_none_or(|at| at <= real))
        .map(|d| (d.attempts.len().min(1), d.not_before, d.id))
        .collect();
    let chosen = if world.mode.shuffle { world.draws.pick(&due) } else { due.into_iter().min() };
    chosen.map(|(_, _, id)| id)
}

/// When the next waiting delivery becomes due, machine time.
pub fn next_time(world: &World, in_flight: &BTreeSet<DeliveryId>) -> Option<DateTime<Utc>> {
    if world.mode.hold {
        return None;
    }
    world
        .deliveries
        .values()
        .filter(|d| d.status == DeliveryStatus::Pending && !in_flight.contains(&d.id))
        .filter_map(|d| d.not_before)
        .min()
}

/// Prepares what is to be posted. Nothing, and the delivery is closed, when its endpoint is gone or
/// when there is no record left to tell about. A finished delivery leaves again with the same bytes.
pub fn prepare(world: &mut World, id: DeliveryId, now: DateTime<Utc>) -> Option<Shipment> {
    let delivery = world.deliveries.get(&id)?;
    let shipment = match world.endpoints.get(&delivery.endpoint_id) {
        None => Err(DeliveryStatus::Dropped),
        Some(endpoint) => match body_of(world, delivery, now) {
            None => Err(DeliveryStatus::Discarded),
            Some(body) => Ok(sign(delivery, endpoint, body)),
        },
    };
    let delivery = world.deliveries.get_mut(&id)?;
    match shipment {
        Ok(shipment) => {
            delivery.body = Some(shipment.body.clone());
            delivery.signature = Some(shipment.signature.clone());
            Some(shipment)
        }
        Err(status) => {
            delivery.status = status;
            None
        }
    }
}

fn sign(delivery: &Delivery, endpoint: &WebhookEndpoint, body: String) -> Shipment {
    Shipment {
        id: delivery.id,
        target_url: endpoint.target_url.clone(),
        signature: signature::sign(&endpoint.secret, &body),
        body,
    }
}

fn body_of(world: &World, delivery: &Delivery, now: DateTime<Utc>) -> Option<String> {
    let finished = delivery.status != DeliveryStatus::Pending;
    if (delivery.frozen || finished) && delivery.body.is_some() {
        return delivery.body.clone();
    }
    let rdv: &Rdv = world.rdvs.get(&delivery.rdv_id)?;
    let occasion = payload::Occasion {
        event: delivery.event,
        reason: delivery.reason,
        occurred_at: delivery.occurred_at,
        computed_at: now,
    };
    Some(payload::render(world, rdv, occasion))
}

/// Writes an attempt down and decides what follows.
pub fn record(world: &mut World, id: DeliveryId, attempt: Attempt, scale: f64) {
    let chance = world.draws.fraction();
    let Some(delivery) = world.deliveries.get_mut(&id) else {
        return;
    };
    let succeeded = is_success(&attempt);
    let ended_at = attempt.at + chrono::TimeDelta::milliseconds(attempt.duration_ms as i64);
    delivery.attempts.push(attempt);
    if succeeded {
        delivery.status = DeliveryStatus::Delivered;
    } else if delivery.status == DeliveryStatus::Pending {
        let failures = delivery.attempts.len();
        if failures >= backoff::MAX_ATTEMPTS {
            delivery.status = DeliveryStatus::Failed;
        } else {
            delivery.not_before = Some(ended_at + backoff::wait(failures, chance, scale));
        }
    }
}

/// Answers by which consumers once said that repeating is useless; the platform believes them
/// although their status is an error.
const TAKEN_FOR_SUCCESS: [&str; 4] = [
    "Can't update appointment",
    "Appointment already deleted",
    "Appointment id doesn't exist",
    "Can't create appointment",
];

fn is_success(attempt: &Attempt) -> bool {
    let Some(status) = attempt.status else {
        return false;
    };
    let message = serde_json::from_str::<serde_json::Value>(&attempt.response).ok();
    let excused = message
        .as_ref()
        .and_then(|body| body["message"].as_str())
        .is_some_and(|text| TAKEN_FOR_SUCCESS.iter().any(|known| text.starts_with(known)));
    (200..300).contains(&status) || excused
}

/// Loses a delivery on purpose.
///
/// # Errors
/// [`Missing`] when it is unknown.
pub fn drop_delivery(world: &mut World, id: DeliveryId) -> Result<(), Missing> {
    world.delivery_mut(id)?.status = DeliveryStatus::Dropped;
    Ok(())
}

/// Queues the same event once more.
///
/// # Errors
/// [`Missing`] when it is unknown.
pub fn duplicate(world: &mut World, id: DeliveryId) -> Result<DeliveryId, Missing> {
    let original = world.deliveries.get(&id).ok_or(Missing)?.clone();
    let id = DeliveryId(take(&mut world.next.delivery));
    let copy = Delivery {
        id,
        // What has left once leaves again byte for byte.
        frozen: original.frozen || original.body.is_some(),
        status: DeliveryStatus::Pending,
        not_before: None,
        attempts: Vec::new(),
        ..original
    };
    world.deliveries.insert(id, copy);
    Ok(id)
}

/// Keeps a delivery back until that machine time, as if it had only just been queued.
///
/// # Errors
/// [`Missing`] when it is unknown.
pub fn delay(world: &mut World, id: DeliveryId, until: DateTime<Utc>) -> Result<(), Missing> {
    let delivery = world.delivery_mut(id)?;
    delivery.status = DeliveryStatus::Pending;
    delivery.not_before = Some(until);
    Ok(())
}
