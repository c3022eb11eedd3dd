//! All deliveries, found without looking through all of them: by number, by rendez-vous, by when they leave.
//!
//! Every change passes here, so that the indexes stay true and the snapshot knows what to write.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Index;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};

use crate::model::{Delivery, DeliveryId, DeliveryStatus, RdvId};
use crate::state::draws::Draws;
use crate::state::world::Missing;

/// Deliveries by number, which is the order of the events.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    by_id: BTreeMap<DeliveryId, Delivery>,
    of_rdv: BTreeMap<RdvId, BTreeSet<DeliveryId>>,
    /// Due, never tried.
    fresh: BTreeSet<DeliveryId>,
    /// Due again after a failure.
    retries: BTreeSet<DeliveryId>,
    /// Due at a machine time.
    later: BTreeSet<(DateTime<Utc>, DeliveryId)>,
    /// Waiting for another delivery of the same rendez-vous.
    waiting: BTreeSet<(RdvId, DeliveryId)>,
    finished: BTreeSet<DeliveryId>,
    changes: Changes,
}

/// What happened since the last snapshot.
#[derive(Clone, Debug, Default)]
struct Changes {
    ids: BTreeSet<DeliveryId>,
    /// The ids are all that happened: an earlier snapshot has the rest.
    since_snapshot: bool,
}

impl Outbox {
    /// The delivery.
    pub fn get(&self, id: &DeliveryId) -> Option<&Delivery> {
        self.by_id.get(id)
    }

    /// All of them, the oldest first.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Delivery> {
        self.by_id.values()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Those about a rendez-vous, the oldest first.
    pub fn of_rdv(&self, id: RdvId) -> impl Iterator<Item = &Delivery> {
        self.of_rdv.get(&id).into_iter().flatten().filter_map(|id| self.by_id.get(id))
    }

    /// How many have not ended.
    pub fn pending(&self) -> usize {
        self.by_id.len() - self.finished.len()
    }

    /// Adds a delivery.
    pub fn insert(&mut self, delivery: Delivery) {
        let id = delivery.id;
        self.remove(id);
        self.sort_in(&delivery);
        self.by_id.insert(id, delivery);
        self.changes.ids.insert(id);
    }

    /// Changes a delivery.
    ///
    /// # Errors
    /// [`Missing`] when it is unknown.
    pub fn update<T>(
        &mut self,
        id: DeliveryId,
        act: impl FnOnce(&mut Delivery) -> T,
    ) -> Result<T, Missing> {
        let mut delivery = self.by_id.remove(&id).ok_or(Missing)?;
        self.take_out(&delivery);
        let result = act(&mut delivery);
        self.sort_in(&delivery);
        self.by_id.insert(id, delivery);
        self.changes.ids.insert(id);
        Ok(result)
    }

    fn remove(&mut self, id: DeliveryId) {
        if let Some(delivery) = self.by_id.remove(&id) {
            self.take_out(&delivery);
            self.changes.ids.insert(id);
        }
    }

    fn sort_in(&mut self, delivery: &Delivery) {
        let id = delivery.id;
        self.of_rdv.entry(delivery.rdv_id).or_default().insert(id);
        if delivery.status != DeliveryStatus::Pending {
            self.finished.insert(id);
        } else if delivery.waits_for.is_some() {
            self.waiting.insert((delivery.rdv_id, id));
        } else if let Some(at) = delivery.not_before {
            self.later.insert((at, id));
        } else {
            self.due(delivery.attempts.is_empty(), id);
        }
    }

    fn due(&mut self, first_time: bool, id: DeliveryId) {
        if first_time {
            self.fresh.insert(id)
        } else {
            self.retries.insert(id)
        };
    }

    fn take_out(&mut self, delivery: &Delivery) {
        let id = delivery.id;
        if let Some(ids) = self.of_rdv.get_mut(&delivery.rdv_id) {
            ids.remove(&id);
            if ids.is_empty() {
                self.of_rdv.remove(&delivery.rdv_id);
            }
        }
        self.fresh.remove(&id);
        self.retries.remove(&id);
        self.finished.remove(&id);
        self.waiting.remove(&(delivery.rdv_id, id));
        if let Some(at) = delivery.not_before {
            self.later.remove(&(at, id));
        }
    }

    /// The next delivery due at `real` (machine time) that is not on its way. First attempts pass before
    /// retries, as on the platform; with `chance`, any of them passes.
    pub fn next_due(
        &mut self,
        in_flight: &BTreeSet<DeliveryId>,
        real: DateTime<Utc>,
        chance: Option<&mut Draws>,
    ) -> Option<DeliveryId> {
        while let Some(&(at, id)) = self.later.first()
            && at <= real
        {
            self.later.pop_first();
            self.due(self.by_id.get(&id).is_none_or(|d| d.attempts.is_empty()), id);
        }
        let mut due = self.fresh.iter().chain(&self.retries).filter(|id| !in_flight.contains(id));
        match chance {
            None => due.next().copied(),
            Some(draws) => {
                let due: Vec<_> = due.copied().collect();
                draws.pick(&due)
            }
        }
    }

    /// When the next delayed delivery becomes due, machine time.
    pub fn next_time(&self) -> Option<DateTime<Utc>> {
        self.later.first().map(|(at, _)| *at)
    }

    /// Those of a rendez-vous that wait for another; of all when none is named.
    pub fn waiting(&self, rdv_id: Option<RdvId>) -> Vec<DeliveryId> {
        let (least, most) = (DeliveryId(i64::MIN), DeliveryId(i64::MAX));
        match rdv_id {
            Some(rdv) => {
                self.waiting.range((rdv, least)..=(rdv, most)).map(|(_, id)| *id).collect()
            }
            None => self.waiting.iter().map(|(_, id)| *id).collect(),
        }
    }

    /// Forgets the oldest of the finished when there are more than `kept` deliveries.
    pub fn forget_old(&mut self, kept: usize) {
        while self.by_id.len() > kept
            && let Some(&oldest) = self.finished.first()
        {
            self.remove(oldest);
        }
    }

    /// What the snapshot must write: the numbers that changed, or nothing known when it must write all.
    pub fn take_changes(&mut self) -> Option<BTreeSet<DeliveryId>> {
        let changes = std::mem::replace(
            &mut self.changes,
            Changes { since_snapshot: true, ..Changes::default() },
        );
        changes.since_snapshot.then_some(changes.ids)
    }

    /// Has the next snapshot write everything.
    pub fn forget_snapshot(&mut self) {
        self.changes = Changes::default();
    }
}

impl Index<&DeliveryId> for Outbox {
    type Output = Delivery;

    fn index(&self, id: &DeliveryId) -> &Delivery {
        &self.by_id[id]
    }
}

impl FromIterator<Delivery> for Outbox {
    fn from_iter<I: IntoIterator<Item = Delivery>>(deliveries: I) -> Self {
        let mut outbox = Self::default();
        for delivery in deliveries {
            outbox.insert(delivery);
        }
        outbox
    }
}

/// From the map that snapshots once held.
impl<'de> Deserialize<'de> for Outbox {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let by_id = BTreeMap::<DeliveryId, Delivery>::deserialize(from)?;
        Ok(by_id.into_values().collect())
    }
}
