//! What happens to a rendez-vous once it exists: moved, cancelled, held, missed, deleted.

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::{Event, ParticipationId, Rdv, RdvId, Reason, Status};
use crate::rules::booking::created_by_agent;
use crate::rules::slots::{self, Search};
use crate::state::world::{Missing, World};
use crate::webhooks;

const CANCEL_NOTICE: TimeDelta = TimeDelta::hours(4);
const MOVE_NOTICE: TimeDelta = TimeDelta::days(2);

/// Why the person may not do it themself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It does not exist.
    #[error(transparent)]
    Missing(#[from] Missing),
    /// It is cancelled already.
    #[error("Ce rendez-vous est déjà annulé")]
    Cancelled,
    /// The organisation keeps cancellations for itself.
    #[error("Ce rendez-vous ne peut pas être annulé en ligne")]
    NotCancellable,
    /// The organisation keeps moves for itself.
    #[error("Ce rendez-vous ne peut pas être déplacé en ligne")]
    NotEditable,
    /// An agent typed it.
    #[error("Ce rendez-vous a été pris par un agent : il ne peut pas être déplacé en ligne")]
    ByAgent,
    /// It begins in less than four hours.
    #[error("Un rendez-vous peut être annulé jusqu’à 4 heures avant son début")]
    TooLateToCancel,
    /// It begins in less than two days.
    #[error("Un rendez-vous peut être déplacé jusqu’à 2 jours avant son début")]
    TooLateToMove,
    /// The new slot is gone.
    #[error("Ce créneau n’est plus disponible")]
    SlotTaken,
}

/// Whether the person may cancel it now.
///
/// # Errors
/// The reason why not.
pub fn may_cancel(world: &World, rdv: &Rdv, now: DateTime<Utc>) -> Result<(), Refusal> {
    if rdv.status.is_cancelled() {
        return Err(Refusal::Cancelled);
    }
    if !world.motif(rdv.motif_id)?.rdvs_cancellable_by_user || rdv.participations.len() > 1 {
        return Err(Refusal::NotCancellable);
    }
    if rdv.starts_at <= now + CANCEL_NOTICE {
        return Err(Refusal::TooLateToCancel);
    }
    Ok(())
}

/// Whether the person may move it now.
///
/// # Errors
/// The reason why not.
pub fn may_move(world: &World, rdv: &Rdv, now: DateTime<Utc>) -> Result<(), Refusal> {
    let motif = world.motif(rdv.motif_id)?;
    if rdv.status.is_cancelled() {
        return Err(Refusal::Cancelled);
    }
    if created_by_agent(rdv) {
        return Err(Refusal::ByAgent);
    }
    let individual = rdv.participations.len() == 1;
    if !motif.rdvs_editable_by_user || !motif.bookable_publicly() || !individual {
        return Err(Refusal::NotEditable);
    }
    if rdv.starts_at <= now + MOVE_NOTICE {
        return Err(Refusal::TooLateToMove);
    }
    Ok(())
}

/// The slots to which a rendez-vous could move.
///
/// # Errors
/// [`Missing`] when its motif is gone.
pub fn search_for_move<'a>(
    world: &'a World,
    rdv: &Rdv,
    now: DateTime<Utc>,
) -> Result<Search<'a>, Missing> {
    Ok(Search {
        motif: world.motif(rdv.motif_id)?,
        duration: rdv.duration(),
        now,
        moving: Some(rdv.id),
    })
}

/// The person cancels.
///
/// # Errors
/// The reason why not; nothing has changed then.
pub fn cancel_by_user(world: &mut World, id: RdvId, now: DateTime<Utc>) -> Result<(), Refusal> {
    may_cancel(world, world.rdv(id)?, now)?;
    Ok(set_status(world, id, Status::Excused, now)?)
}

/// The person moves it to another slot: the same rendez-vous, perhaps another agent.
///
/// # Errors
/// The reason why not; nothing has changed then.
pub fn move_by_user(
    world: &mut World,
    id: RdvId,
    starts_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let rdv = world.rdv(id)?;
    may_move(world, rdv, now)?;
    let free = slots::agents_for(world, search_for_move(world, rdv, now)?, starts_at)?;
    let agent_id = world.draws.pick(&free).ok_or(Refusal::SlotTaken)?;
    let rdv = world.rdv_mut(id)?;
    rdv.agent_ids = vec![agent_id];
    put_at(rdv, starts_at);
    webhooks::emit(world, id, Event::Updated, None, now);
    Ok(())
}

/// Sets where each person's part stands, one after the other: one event for each person, as the platform
/// does when agents change a collective rendez-vous.
///
/// # Errors
/// [`Missing`] when it does not exist.
pub fn set_each_participation(
    world: &mut World,
    id: RdvId,
    status: Status,
    now: DateTime<Utc>,
) -> Result<(), Missing> {
    let parts: Vec<_> = world.rdv(id)?.participations.iter().map(|part| part.id).collect();
    for part in parts {
        change_participation(world, id, part, status, now)?;
        webhooks::emit(world, id, Event::Updated, None, now);
    }
    Ok(())
}

/// Moves it; it lasts as long as before.
pub fn put_at(rdv: &mut Rdv, starts_at: DateTime<Utc>) {
    let duration = rdv.duration();
    rdv.starts_at = starts_at;
    rdv.ends_at = starts_at + duration;
}

/// Sets where it stands, for everybody who takes part.
///
/// # Errors
/// [`Missing`] when it does not exist.
pub fn set_status(
    world: &mut World,
    id: RdvId,
    status: Status,
    now: DateTime<Utc>,
) -> Result<(), Missing> {
    let rdv = world.rdv_mut(id)?;
    rdv.status = status;
    rdv.cancelled_at = status.sets_cancelled_at().then_some(now);
    for participation in &mut rdv.participations {
        participation.status = status;
    }
    webhooks::emit(world, id, Event::Updated, None, now);
    Ok(())
}

/// Sets where it stands without touching `cancelled_at`, as the API's `update_status` does.
///
/// # Errors
/// [`Missing`] when it does not exist.
pub fn set_bare_status(
    world: &mut World,
    id: RdvId,
    status: Status,
    now: DateTime<Utc>,
) -> Result<(), Missing> {
    let rdv = world.rdv_mut(id)?;
    rdv.status = status;
    for participation in &mut rdv.participations {
        participation.status = status;
    }
    webhooks::emit(world, id, Event::Updated, None, now);
    Ok(())
}

/// Sets where one person's part stands. Alone, the person is the rendez-vous; among others, only their
/// part changes. The platform says so twice in the same second.
///
/// # Errors
/// [`Missing`] when it does not exist.
pub fn set_participation_status(
    world: &mut World,
    id: RdvId,
    participation_id: ParticipationId,
    status: Status,
    now: DateTime<Utc>,
) -> Result<(), Missing> {
    change_participation(world, id, participation_id, status, now)?;
    webhooks::emit(world, id, Event::Updated, None, now);
    webhooks::emit(world, id, Event::Updated, None, now);
    Ok(())
}

fn change_participation(
    world: &mut World,
    id: RdvId,
    participation_id: ParticipationId,
    status: Status,
    now: DateTime<Utc>,
) -> Result<(), Missing> {
    let collective = world.motif(world.rdv(id)?.motif_id)?.collectif;
    let rdv = world.rdv_mut(id)?;
    let part = rdv.participations.iter_mut().find(|part| part.id == participation_id);
    part.ok_or(Missing)?.status = status;
    if !collective {
        rdv.status = status;
        rdv.cancelled_at = status.sets_cancelled_at().then_some(now);
    }
    Ok(())
}

/// Deletes it. The event tells its last state.
///
/// # Errors
/// [`Missing`] when it does not exist.
pub fn destroy(
    world: &mut World,
    id: RdvId,
    reason: Option<Reason>,
    now: DateTime<Utc>,
) -> Result<(), Missing> {
    world.rdv(id)?;
    webhooks::emit(world, id, Event::Destroyed, reason, now);
    world.rdvs.remove(&id);
    world.destroyed.insert(id, reason);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AgentId, Author};
    use crate::tests::story::{self, at};

    fn friday(world: &mut World) -> RdvId {
        story::book(world, 501, at("2024-06-07 15:30"), at("2024-05-27 18:21"))
    }

    #[test]
    fn the_person_cancels_until_four_hours_before() {
        let mut world = story::world();
        let id = friday(&mut world);
        let late = at("2024-06-07 11:30");
        assert_eq!(cancel_by_user(&mut world, id, late), Err(Refusal::TooLateToCancel));
        assert_eq!(world.rdvs[&id].status, Status::Unknown);
        let in_time = late - TimeDelta::seconds(1);
        assert_eq!(cancel_by_user(&mut world, id, in_time), Ok(()));
        assert_eq!(world.rdvs[&id].status, Status::Excused);
        assert_eq!(world.rdvs[&id].cancelled_at, Some(in_time));
        assert_eq!(cancel_by_user(&mut world, id, in_time), Err(Refusal::Cancelled));
    }

    #[test]
    fn the_person_moves_until_two_days_before_and_the_identity_stays() {
        let mut world = story::world();
        let id = friday(&mut world);
        let uuid = world.rdvs[&id].uuid;
        let slot = at("2024-06-10 10:00");
        let late = at("2024-06-05 15:30");
        assert_eq!(move_by_user(&mut world, id, slot, late), Err(Refusal::TooLateToMove));
        let in_time = late - TimeDelta::seconds(1);
        let off_grid = at("2024-06-10 10:10");
        assert_eq!(move_by_user(&mut world, id, off_grid, in_time), Err(Refusal::SlotTaken));
        assert_eq!(move_by_user(&mut world, id, slot, in_time), Ok(()));
        let rdv = &world.rdvs[&id];
        assert_eq!((rdv.starts_at, rdv.ends_at), (slot, at("2024-06-10 10:30")));
        assert_eq!(rdv.uuid, uuid);
    }

    #[test]
    fn what_an_agent_typed_is_not_moved_by_the_person() {
        let mut world = story::world();
        let id = friday(&mut world);
        world.rdv_mut(id).unwrap().created_by = Author::agent(AgentId(1957));
        let now = at("2024-05-28 10:00");
        let slot = at("2024-06-10 10:00");
        assert_eq!(move_by_user(&mut world, id, slot, now), Err(Refusal::ByAgent));
        assert_eq!(cancel_by_user(&mut world, id, now), Ok(()));
    }

    #[test]
    fn an_absence_has_a_cancellation_date_and_a_reinstatement_erases_it() {
        let mut world = story::world();
        let id = friday(&mut world);
        let now = at("2024-06-07 16:30");
        set_status(&mut world, id, Status::Noshow, now).unwrap();
        assert_eq!(world.rdvs[&id].cancelled_at, Some(now));
        set_status(&mut world, id, Status::Unknown, now).unwrap();
        assert_eq!(world.rdvs[&id].cancelled_at, None);
    }

    #[test]
    fn a_deleted_rendez_vous_leaves_one_last_event_with_its_last_state() {
        let mut world = story::world();
        let id = friday(&mut world);
        destroy(&mut world, id, Some(Reason::Rgpd), at("2026-06-18 22:00")).unwrap();
        let last = world.deliveries.values().next_back().unwrap();
        let body = last.body.as_deref().unwrap();
        assert!(body.contains(r#""event":"destroyed","webhook_reason":"rgpd""#));
        assert!(!world.rdvs.contains_key(&id));
    }
}
