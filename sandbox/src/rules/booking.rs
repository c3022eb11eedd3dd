//! Who books, and the booking itself.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::{
    AgentId, Author, AuthorKind, Details, Event, LieuId, LocationType, MotifId, OrganisationId,
    Participation, ParticipationId, Rdv, RdvId, Status, User, UserId,
};
use crate::rules::slots::{self, Search};
use crate::state::world::{Missing, World, take};
use crate::webhooks;

/// What a person says of themself.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// Normalised; none for relatives and for those known by telephone only.
    pub email: Option<String>,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// As typed.
    pub phone_number: Option<String>,
    /// On one line.
    pub address: Option<String>,
}

/// A slot somebody wants.
#[derive(Clone, Copy, Debug)]
pub struct Booking {
    /// For what.
    pub motif_id: MotifId,
    /// Where, when at a lieu.
    pub lieu_id: Option<LieuId>,
    /// When.
    pub starts_at: DateTime<Utc>,
    /// For whom: the person themself or a relative.
    pub user_id: UserId,
    /// Who is signed in.
    pub booked_by: UserId,
}

/// A rendez-vous to write down, whatever the slots say.
#[derive(Clone, Debug)]
pub struct NewRdv {
    /// For what.
    pub motif_id: MotifId,
    /// Where, when at a lieu.
    pub lieu_id: Option<LieuId>,
    /// When.
    pub starts_at: DateTime<Utc>,
    /// How long; none: as the motif says.
    pub duration: Option<TimeDelta>,
    /// With whom.
    pub agent_id: AgentId,
    /// For whom.
    pub user_id: UserId,
    /// By whom.
    pub created_by: Author,
    /// What agents wrote about it.
    pub context: Option<String>,
}

/// Why a booking is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BookingError {
    /// Something it names does not exist.
    #[error(transparent)]
    Missing(#[from] Missing),
    /// Somebody was faster, or it was never offered.
    #[error("Ce créneau n’est plus disponible")]
    SlotTaken,
    /// The motif is held by telephone.
    #[error("Un numéro de téléphone est nécessaire pour ce rendez-vous")]
    PhoneRequired,
    /// The motif is held at the person's home.
    #[error("Une adresse est nécessaire pour ce rendez-vous")]
    AddressRequired,
    /// The motif is held at a lieu, or the lieu is another organisation's.
    #[error("Choisissez le lieu du rendez-vous")]
    LieuRequired,
    /// The relative is not theirs.
    #[error("Vous ne pouvez pas prendre de rendez-vous pour cette personne")]
    NotYourRelative,
}

/// Finds the person by e-mail and brings their file up to date, or opens one.
pub fn remember_person(world: &mut World, identity: &Identity, now: DateTime<Utc>) -> UserId {
    remember(world, None, identity, now)
}

/// The same for somebody who may be signed in: then it is their file, whatever the e-mail.
pub fn remember(
    world: &mut World,
    signed_in: Option<UserId>,
    identity: &Identity,
    now: DateTime<Utc>,
) -> UserId {
    let by_email = identity.email.as_ref().and_then(|email| {
        world.users.values().find(|user| user.email.as_ref() == Some(email)).map(|user| user.id)
    });
    let id = signed_in.or(by_email).unwrap_or_else(|| open_file(world, None, now));
    if let Some(user) = world.users.get_mut(&id) {
        user.email.clone_from(&identity.email);
        user.first_name.clone_from(&identity.first_name);
        user.last_name.clone_from(&identity.last_name);
        // What is left blank this time is not forgotten.
        if identity.phone_number.is_some() {
            user.phone_number.clone_from(&identity.phone_number);
        }
        if identity.address.is_some() {
            user.address.clone_from(&identity.address);
        }
    }
    id
}

/// Finds this relative of the person by name, or opens a file for them.
pub fn remember_relative(
    world: &mut World,
    responsible: UserId,
    first_name: &str,
    last_name: &str,
    now: DateTime<Utc>,
) -> UserId {
    let known = world.users.values().find(|user| {
        user.responsible_id == Some(responsible)
            && user.first_name == first_name
            && user.last_name == last_name
    });
    if let Some(user) = known {
        return user.id;
    }
    let id = open_file(world, Some(responsible), now);
    if let Some(user) = world.users.get_mut(&id) {
        first_name.clone_into(&mut user.first_name);
        last_name.clone_into(&mut user.last_name);
    }
    id
}

/// Opens a file with nothing in it yet.
pub fn open_file(world: &mut World, responsible_id: Option<UserId>, now: DateTime<Utc>) -> UserId {
    let id = UserId(take(&mut world.next.user));
    world.users.insert(id, blank_file(id, responsible_id, now));
    id
}

/// A file with nothing in it, not in the world yet.
pub fn blank_file(id: UserId, responsible_id: Option<UserId>, now: DateTime<Utc>) -> User {
    User {
        id,
        first_name: String::new(),
        last_name: String::new(),
        email: None,
        phone_number: None,
        address: None,
        responsible_id,
        created_at: now,
        organisation_ids: BTreeSet::new(),
        invitation_token: None,
        details: Details::default(),
    }
}

/// Books on the public pages: every rule is checked again, the slot first of all, then one of the
/// free agents gets the rendez-vous.
///
/// # Errors
/// The rule that refuses; nothing has changed then.
pub fn book(
    world: &mut World,
    booking: Booking,
    now: DateTime<Utc>,
) -> Result<RdvId, BookingError> {
    check_person(world, booking)?;
    let motif = world.motif(booking.motif_id)?;
    if !motif.bookable_publicly() {
        return Err(BookingError::SlotTaken);
    }
    let lieu_id = checked_lieu(world, booking)?;
    let free = slots::agents_for(world, Search::new(motif, now), booking.starts_at)?;
    let agent_id = world.draws.pick(&free).ok_or(BookingError::SlotTaken)?;
    let new = NewRdv {
        motif_id: booking.motif_id,
        lieu_id,
        starts_at: booking.starts_at,
        duration: None,
        agent_id,
        user_id: booking.user_id,
        created_by: Author::user(booking.booked_by),
        context: None,
    };
    Ok(create(world, new, now)?)
}

/// The rendez-vous that this booking would repeat: a button pressed twice books once.
pub fn already_booked(world: &World, booking: Booking) -> Option<RdvId> {
    let same = |rdv: &&Rdv| {
        rdv.motif_id == booking.motif_id
            && rdv.starts_at == booking.starts_at
            && !rdv.status.is_cancelled()
            && rdv.participations.iter().any(|part| part.user_id == booking.user_id)
    };
    world.rdvs.values().find(same).map(|rdv| rdv.id)
}

fn check_person(world: &World, booking: Booking) -> Result<(), BookingError> {
    let booker = world.user(booking.booked_by)?;
    let person = world.user(booking.user_id)?;
    if person.id != booker.id && person.responsible_id != Some(booker.id) {
        return Err(BookingError::NotYourRelative);
    }
    let has_phone = person.phone_number.is_some() || booker.phone_number.is_some();
    let has_address = person.address.is_some() || booker.address.is_some();
    match world.motif(booking.motif_id)?.location_type {
        LocationType::Phone if !has_phone => Err(BookingError::PhoneRequired),
        LocationType::Home if !has_address => Err(BookingError::AddressRequired),
        _ => Ok(()),
    }
}

fn checked_lieu(world: &World, booking: Booking) -> Result<Option<LieuId>, BookingError> {
    let motif = world.motif(booking.motif_id)?;
    if motif.location_type != LocationType::PublicOffice {
        return Ok(None);
    }
    booking
        .lieu_id
        .filter(|id| world.lieux_of(motif.organisation_id).any(|lieu| lieu.id == *id))
        .map(Some)
        .ok_or(BookingError::LieuRequired)
}

/// Writes a rendez-vous down and tells the endpoints.
///
/// # Errors
/// [`Missing`] when the motif does not exist.
pub fn create(world: &mut World, new: NewRdv, now: DateTime<Utc>) -> Result<RdvId, Missing> {
    let id = write_down(world, new, now)?;
    webhooks::emit(world, id, Event::Created, None, now);
    Ok(id)
}

/// Opens a file on the person, and on who books for them, in this organisation.
pub fn join(world: &mut World, user_id: UserId, organisation_id: OrganisationId) {
    let mut next = Some(user_id);
    while let Some(user) = next.and_then(|id| world.users.get_mut(&id)) {
        let is_new = user.organisation_ids.insert(organisation_id);
        next = user.responsible_id.filter(|_| is_new);
    }
}

/// One more person's part.
pub fn participation(
    world: &mut World,
    user_id: UserId,
    created_by: Author,
    now: DateTime<Utc>,
) -> Participation {
    Participation {
        id: ParticipationId(take(&mut world.next.participation)),
        user_id,
        status: Status::Unknown,
        created_by,
        token: world.draws.token(8),
        token_created_at: now,
    }
}

/// Writes down a rendez-vous to which several people come, and tells the endpoints.
///
/// # Errors
/// [`Missing`] when the motif does not exist.
pub fn create_collective(
    world: &mut World,
    new: NewRdv,
    others: &[UserId],
    name: &str,
    now: DateTime<Utc>,
) -> Result<RdvId, Missing> {
    let (author, count) = (new.created_by, others.len() + 1);
    let id = write_down(world, new, now)?;
    let organisation_id = world.rdv(id)?.organisation_id;
    for user_id in others {
        let part = participation(world, *user_id, author, now);
        join(world, *user_id, organisation_id);
        world.rdv_mut(id)?.participations.push(part);
    }
    let rdv = world.rdv_mut(id)?;
    rdv.name = Some(name.to_owned());
    rdv.max_participants_count = i64::try_from(count).ok();
    webhooks::emit(world, id, Event::Created, None, now);
    Ok(id)
}

fn write_down(world: &mut World, new: NewRdv, now: DateTime<Utc>) -> Result<RdvId, Missing> {
    let motif = world.motif(new.motif_id)?;
    let organisation_id = motif.organisation_id;
    let duration = new.duration.unwrap_or_else(|| motif.duration());
    let id = RdvId(take(&mut world.next.rdv));
    let participation = participation(world, new.user_id, new.created_by, now);
    let rdv = Rdv {
        id,
        uuid: world.draws.uuid(),
        organisation_id,
        motif_id: new.motif_id,
        lieu_id: new.lieu_id,
        agent_ids: vec![new.agent_id],
        status: Status::Unknown,
        starts_at: new.starts_at,
        ends_at: new.starts_at + duration,
        context: new.context,
        cancelled_at: None,
        created_by: new.created_by,
        created_at: now,
        participations: vec![participation],
        name: None,
        max_participants_count: None,
    };
    world.rdvs.insert(id, rdv);
    join(world, new.user_id, organisation_id);
    Ok(id)
}

/// Whether an agent typed this rendez-vous.
pub fn created_by_agent(rdv: &Rdv) -> bool {
    rdv.created_by.kind == AuthorKind::Agent
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::story::{self, at};

    fn booking(world: &mut World, motif: i64) -> Booking {
        let user_id = story::camille(world);
        Booking {
            motif_id: MotifId(motif),
            lieu_id: None,
            starts_at: at("2024-06-07 15:00"),
            user_id,
            booked_by: user_id,
        }
    }

    #[test]
    fn the_third_person_on_a_slot_of_two_agents_is_refused() {
        let mut world = story::world();
        let wanted = booking(&mut world, 501);
        let now = at("2024-05-27 18:21");
        assert!(book(&mut world, wanted, now).is_ok());
        assert!(book(&mut world, wanted, now).is_ok());
        assert_eq!(book(&mut world, wanted, now), Err(BookingError::SlotTaken));
        assert_eq!(world.rdvs.len(), 2);
    }

    #[test]
    fn each_kind_asks_for_what_it_needs() {
        let mut world = story::world();
        let now = at("2024-05-27 18:21");
        let mut by_phone = booking(&mut world, 503);
        by_phone.user_id = story::person(&mut world, "sans.telephone@exemple.fr");
        by_phone.booked_by = by_phone.user_id;
        assert_eq!(book(&mut world, by_phone, now), Err(BookingError::PhoneRequired));
        let at_home = booking(&mut world, 504);
        assert_eq!(book(&mut world, at_home, now), Err(BookingError::AddressRequired));
        let mut at_lieu = booking(&mut world, 502);
        assert_eq!(book(&mut world, at_lieu, now), Err(BookingError::LieuRequired));
        at_lieu.lieu_id = Some(LieuId(77));
        assert!(book(&mut world, at_lieu, now).is_ok());
    }

    #[test]
    fn one_books_for_one_s_own_relatives_only() {
        let mut world = story::world();
        let now = at("2024-05-27 18:21");
        let mut wanted = booking(&mut world, 501);
        let child = remember_relative(&mut world, wanted.booked_by, "Zoé", "MARTIN", now);
        let again = remember_relative(&mut world, wanted.booked_by, "Zoé", "MARTIN", now);
        assert_eq!(child, again);
        wanted.user_id = child;
        let id = book(&mut world, wanted, now).unwrap();
        assert!(world.belongs_to(&world.rdvs[&id], wanted.booked_by));
        wanted.booked_by = story::person(&mut world, "autre@exemple.fr");
        assert_eq!(book(&mut world, wanted, now), Err(BookingError::NotYourRelative));
    }

    #[test]
    fn a_person_who_comes_back_keeps_their_number_and_what_they_leave_blank() {
        let mut world = story::world();
        let camille = story::camille(&mut world);
        let again = Identity {
            email: Some("camille.martin@exemple.fr".to_owned()),
            first_name: "Camille".to_owned(),
            last_name: "DURAND".to_owned(),
            ..Identity::default()
        };
        let now = at("2024-05-28 10:00");
        assert_eq!(remember_person(&mut world, &again, now), camille);
        let user = &world.users[&camille];
        assert_eq!(user.last_name, "DURAND");
        assert_eq!(user.phone_number.as_deref(), Some("0612345678"));
    }
}
