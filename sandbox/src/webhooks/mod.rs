//! Telling the world: which event goes to which endpoint, with which bytes, and when again.

pub mod backoff;
pub mod blueprints;
pub mod canonical;
pub mod deliver;
pub mod payload;
pub mod queue;
pub mod signature;

use chrono::{DateTime, Utc};

use crate::config::Profile;
use crate::model::{Delivery, DeliveryId, DeliveryStatus, EndpointId, Event, RdvId, Reason};
use crate::world::{World, take};

/// How many finished deliveries are remembered.
const FINISHED_KEPT: usize = 10_000;

/// Queues an event of a rendez-vous for every endpoint of its organisation, as many times as the mode
/// says. In the 2024 generation, and for deletions in both, the bytes are fixed now.
pub fn emit(
    world: &mut World,
    rdv_id: RdvId,
    event: Event,
    reason: Option<Reason>,
    now: DateTime<Utc>,
) {
    let Ok(rdv) = world.rdv(rdv_id) else { return };
    let organisation_id = rdv.organisation_id;
    let endpoints: Vec<_> = world
        .endpoints
        .values()
        .filter(|endpoint| endpoint.organisation_id == organisation_id && endpoint.wants_rdvs())
        .map(|endpoint| endpoint.id)
        .collect();
    emit_to(world, &endpoints, rdv_id, event, reason, now);
}

fn emit_to(
    world: &mut World,
    endpoints: &[EndpointId],
    rdv_id: RdvId,
    event: Event,
    reason: Option<Reason>,
    now: DateTime<Utc>,
) {
    let Ok(rdv) = world.rdv(rdv_id) else { return };
    let organisation_id = rdv.organisation_id;
    let frozen = world.settings.profile == Profile::October2024 || event == Event::Destroyed;
    let occasion = payload::Occasion { event, reason, occurred_at: now, computed_at: now };
    let body = frozen.then(|| payload::render(world, rdv, occasion));
    for &endpoint_id in endpoints {
        for _copy in 0..=world.mode.duplicate {
            let id = DeliveryId(take(&mut world.next.delivery));
            let delivery = Delivery {
                id,
                endpoint_id,
                organisation_id,
                rdv_id,
                event,
                reason,
                occurred_at: now,
                body: body.clone(),
                signature: None,
                frozen,
                status: DeliveryStatus::Pending,
                not_before: None,
                attempts: Vec::new(),
            };
            world.deliveries.insert(id, delivery);
        }
    }
    forget_old(world);
}

/// Sends `created` again for every rendez-vous of an endpoint's organisation, the oldest included.
pub fn backfill(world: &mut World, endpoint_id: EndpointId, now: DateTime<Utc>) {
    let Some(endpoint) = world.endpoints.get(&endpoint_id).filter(|e| e.wants_rdvs()) else {
        return;
    };
    let organisation_id = endpoint.organisation_id;
    let rdvs: Vec<_> = world
        .rdvs
        .values()
        .filter(|rdv| rdv.organisation_id == organisation_id)
        .map(|rdv| rdv.id)
        .collect();
    for rdv_id in rdvs {
        emit_to(world, &[endpoint_id], rdv_id, Event::Created, None, now);
    }
}

fn forget_old(world: &mut World) {
    let excess = world.deliveries.len().saturating_sub(FINISHED_KEPT);
    let old: Vec<_> = world
        .deliveries
        .values()
        .filter(|delivery| delivery.status != DeliveryStatus::Pending)
        .map(|delivery| delivery.id)
        .take(excess)
        .collect();
    for id in old {
        world.deliveries.remove(&id);
    }
}
