//! Telling the world: which event goes to which endpoint, with which bytes, and when again.

pub mod backoff;
pub mod blueprints;
pub mod canonical;
pub mod deliver;
pub mod payload;
pub mod queue;
pub mod signature;
pub mod tamper;

use chrono::{DateTime, TimeDelta, Utc};

use self::payload::Occasion;
use crate::config::Profile;
use crate::mails;
use crate::model::{
    Delivery, DeliveryId, DeliveryStatus, EndpointId, Event, OrganisationId, RdvId, Reason,
    WaitsFor,
};
use crate::state::clock::wall_clock;
use crate::state::world::{World, take};

/// How many deliveries are remembered, once they have ended.
const DELIVERIES_KEPT: usize = 20_000;

/// Writes the mails of what happened to a rendez-vous, and queues it for every endpoint of its organisation, as many
/// times as the mode says. In the 2024 generation, and for deletions in both, the bytes are fixed now.
pub fn emit(
    world: &mut World,
    rdv_id: RdvId,
    event: Event,
    reason: Option<Reason>,
    now: DateTime<Utc>,
) {
    if event != Event::Destroyed {
        mails::tell(world, rdv_id, now);
    }
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
    let mode = world.mode;
    let waits_for = (mode.updated_first && event == Event::Created).then_some(WaitsFor::LaterEvent);
    let frozen = world.settings.profile == Profile::October2024
        || event == Event::Destroyed
        || waits_for.is_some();
    let now = mode.same_second.unwrap_or(now);
    let told = Told {
        organisation_id: rdv.organisation_id,
        rdv_id,
        event,
        reason,
        occurred_at: now,
        body: frozen.then(|| payload::render(world, rdv, Occasion::at(event, reason, now))),
        waits_for,
    };
    let stale = (mode.stale_after_destroyed && event == Event::Destroyed)
        .then(|| told.before_deletion(world, now));
    for &endpoint_id in endpoints {
        queue(world, endpoint_id, &told);
        if let Some(stale) = &stale {
            queue(world, endpoint_id, stale);
        }
    }
    world.deliveries.forget_old(DELIVERIES_KEPT);
}

/// What is told to each endpoint.
struct Told {
    organisation_id: OrganisationId,
    rdv_id: RdvId,
    event: Event,
    reason: Option<Reason>,
    occurred_at: DateTime<Utc>,
    /// The bytes when they are fixed now.
    body: Option<String>,
    waits_for: Option<WaitsFor>,
}

impl Told {
    /// An `updated` of a second ago that leaves after the deletion.
    fn before_deletion(&self, world: &World, now: DateTime<Utc>) -> Self {
        let then = now - TimeDelta::seconds(1);
        let occasion = Occasion::at(Event::Updated, None, then);
        let rdv = world.rdvs.get(&self.rdv_id);
        Self {
            event: Event::Updated,
            reason: None,
            occurred_at: then,
            body: rdv.map(|rdv| payload::render(world, rdv, occasion)),
            waits_for: Some(WaitsFor::Deletion),
            ..*self
        }
    }
}

/// Queues as many copies as the mode says, unless chance has the event lost.
fn queue(world: &mut World, endpoint_id: EndpointId, told: &Told) {
    let mode = world.mode;
    let lost = mode.drop > 0.0 && world.draws.fraction() < mode.drop;
    // Deliveries follow the machine's time, whatever the platform believes.
    let not_before = (mode.delay > 0.0)
        .then(|| wall_clock() + TimeDelta::milliseconds((mode.delay * 1000.0) as i64));
    for _copy in 0..=mode.duplicate {
        let id = DeliveryId(take(&mut world.next.delivery));
        world.deliveries.insert(Delivery {
            id,
            endpoint_id,
            organisation_id: told.organisation_id,
            rdv_id: told.rdv_id,
            event: told.event,
            reason: told.reason,
            occurred_at: told.occurred_at,
            body: told.body.clone(),
            signature: None,
            frozen: told.body.is_some(),
            status: if lost { DeliveryStatus::Dropped } else { DeliveryStatus::Pending },
            not_before,
            attempts: Vec::new(),
            waits_for: told.waits_for,
            tampered: None,
        });
    }
}

/// Sends `created` again for every rendez-vous of an endpoint's organisation, the oldest included. Says for
/// how many.
pub fn backfill(world: &mut World, endpoint_id: EndpointId, now: DateTime<Utc>) -> usize {
    let Some(endpoint) = world.endpoints.get(&endpoint_id).filter(|e| e.wants_rdvs()) else {
        return 0;
    };
    let organisation_id = endpoint.organisation_id;
    let rdvs: Vec<_> = world
        .rdvs
        .values()
        .filter(|rdv| rdv.organisation_id == organisation_id)
        .map(|rdv| rdv.id)
        .collect();
    for &rdv_id in &rdvs {
        emit_to(world, &[endpoint_id], rdv_id, Event::Created, None, now);
    }
    rdvs.len()
}
