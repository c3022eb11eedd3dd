//! Which delivery leaves next, and what becomes of it after an attempt.

use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

use super::{backoff, payload, tamper};
use crate::model::{Attempt, Delivery, DeliveryId, DeliveryStatus, Event, Rdv, Tamper, WaitsFor};
use crate::state::world::{Missing, World, take};

/// Something ready to be posted.
#[derive(Debug)]
pub struct Shipment {
    /// Of which delivery.
    pub id: DeliveryId,
    /// Where to.
    pub target_url: String,
    /// The bytes.
    pub body: String,
    /// Their signature; none when it is left out on purpose.
    pub signature: Option<String>,
    /// A firewall takes it and says that all went well.
    pub swallowed: bool,
}

/// The next delivery due at `real` (machine time) that is not already on its way.
pub fn next_due(
    world: &mut World,
    in_flight: &BTreeSet<DeliveryId>,
    real: DateTime<Utc>,
) -> Option<DeliveryId> {
    if world.mode.hold {
        return None;
    }
    let chance = world.mode.shuffle.then_some(&mut world.draws);
    world.deliveries.next_due(in_flight, real, chance)
}

/// When the next delayed delivery becomes due, machine time.
pub fn next_time(world: &World) -> Option<DateTime<Utc>> {
    world.deliveries.next_time().filter(|_| !world.mode.hold)
}

/// Prepares what is to be posted, disturbed as asked. Nothing, and the delivery is closed, when its endpoint
/// is gone or when there is no record left to tell about. A finished delivery leaves again with the same bytes.
pub fn prepare(
    world: &mut World,
    id: DeliveryId,
    tamper: Option<Tamper>,
    now: DateTime<Utc>,
) -> Option<Shipment> {
    let delivery = world.deliveries.get(&id)?;
    let ready = match world.endpoints.get(&delivery.endpoint_id) {
        None => Err(DeliveryStatus::Dropped),
        Some(endpoint) => match body_of(world, delivery, now) {
            None => Err(DeliveryStatus::Discarded),
            Some(body) => Ok((endpoint.target_url.clone(), endpoint.secret.clone(), body)),
        },
    };
    let (target_url, secret, body) = match ready {
        Ok(ready) => ready,
        Err(status) => {
            end(world, id, status);
            return None;
        }
    };
    let (sent, signature) = tamper::apply(tamper, body.clone(), &secret);
    let written = world.deliveries.update(id, |delivery| {
        delivery.body = Some(body);
        delivery.signature.clone_from(&signature);
        delivery.tampered = tamper;
    });
    let swallowed = tamper == Some(Tamper::Swallowed);
    written.ok().map(|()| Shipment { id, target_url, body: sent, signature, swallowed })
}

/// Closes a delivery, and lets those leave that waited for it.
fn end(world: &mut World, id: DeliveryId, status: DeliveryStatus) {
    let ended = world.deliveries.update(id, |delivery| {
        delivery.status = status;
        (delivery.rdv_id, delivery.event)
    });
    if let Ok((rdv_id, event)) = ended {
        let waiting = world.deliveries.waiting(Some(rdv_id));
        release(world, waiting, |waits_for| match waits_for {
            WaitsFor::LaterEvent => event != Event::Created,
            WaitsFor::Deletion => event == Event::Destroyed,
        });
    }
}

/// Lets those leave that wait for nothing any more, after a mode was changed.
pub fn release_idle(world: &mut World) {
    let mode = world.mode;
    let waiting = world.deliveries.waiting(None);
    release(world, waiting, |waits_for| match waits_for {
        WaitsFor::LaterEvent => !mode.updated_first,
        WaitsFor::Deletion => !mode.stale_after_destroyed,
    });
}

fn release(world: &mut World, ids: Vec<DeliveryId>, which: impl Fn(WaitsFor) -> bool) {
    for id in ids {
        if world.deliveries.get(&id).and_then(|d| d.waits_for).is_some_and(&which) {
            // It was just found.
            let _ = world.deliveries.update(id, |delivery| delivery.waits_for = None);
        }
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
        computed_at: world.mode.same_second.unwrap_or(now),
    };
    Some(payload::render(world, rdv, occasion))
}

/// Writes an attempt down and decides what follows.
pub fn record(world: &mut World, id: DeliveryId, attempt: Attempt, scale: f64) {
    let chance = world.draws.fraction();
    let succeeded = is_success(&attempt);
    let ended_at = attempt.at + chrono::TimeDelta::milliseconds(attempt.duration_ms as i64);
    let failures = world.deliveries.update(id, |delivery| {
        delivery.attempts.push(attempt);
        let failures = delivery.attempts.len();
        let again = !succeeded
            && delivery.status == DeliveryStatus::Pending
            && failures < backoff::MAX_ATTEMPTS;
        if again {
            delivery.not_before = Some(ended_at + backoff::wait(failures, chance, scale));
        }
        (again, delivery.status)
    });
    match failures {
        _ if succeeded => end(world, id, DeliveryStatus::Delivered),
        Ok((false, DeliveryStatus::Pending)) => end(world, id, DeliveryStatus::Failed),
        _ => {}
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
    world.deliveries.get(&id).ok_or(Missing)?;
    end(world, id, DeliveryStatus::Dropped);
    Ok(())
}

/// Queues the same event once more.
///
/// # Errors
/// [`Missing`] when it is unknown.
pub fn duplicate(world: &mut World, id: DeliveryId) -> Result<DeliveryId, Missing> {
    let original = world.deliveries.get(&id).ok_or(Missing)?.clone();
    let id = DeliveryId(take(&mut world.next.delivery));
    world.deliveries.insert(Delivery {
        id,
        // What has left once leaves again byte for byte.
        frozen: original.frozen || original.body.is_some(),
        status: DeliveryStatus::Pending,
        not_before: None,
        attempts: Vec::new(),
        waits_for: None,
        ..original
    });
    Ok(id)
}

/// Keeps a delivery back until that machine time, as if it had only just been queued.
///
/// # Errors
/// [`Missing`] when it is unknown.
pub fn delay(world: &mut World, id: DeliveryId, until: DateTime<Utc>) -> Result<(), Missing> {
    world.deliveries.update(id, |delivery| {
        delivery.status = DeliveryStatus::Pending;
        delivery.not_before = Some(until);
        delivery.waits_for = None;
    })
}
