//! What happens to people's files: two become one, one is emptied.

use chrono::{DateTime, Utc};

use crate::model::{Event, RdvId, User, UserId};
use crate::rules::booking;
use crate::state::world::{Missing, World};
use crate::webhooks;

/// Two files on the same person become one: `into` gets everything that `from` had. Gives the rendez-vous
/// that have another person's number from then on.
///
/// # Errors
/// [`Missing`] when one of the two does not exist, or both are the same.
pub fn merge_users(
    world: &mut World,
    from: UserId,
    into: UserId,
    now: DateTime<Utc>,
) -> Result<Vec<RdvId>, Missing> {
    if from == into || !world.users.contains_key(&into) {
        return Err(Missing);
    }
    let gone = world.users.remove(&from).ok_or(Missing)?;
    if let Some(kept) = world.users.get_mut(&into) {
        kept.phone_number = kept.phone_number.take().or(gone.phone_number);
        kept.address = kept.address.take().or(gone.address);
        kept.email = kept.email.take().or(gone.email);
        kept.invitation_token = kept.invitation_token.take().or(gone.invitation_token);
        kept.organisation_ids.extend(gone.organisation_ids);
    }
    for relative in world.users.values_mut().filter(|user| user.responsible_id == Some(from)) {
        relative.responsible_id = Some(into).filter(|id| *id != relative.id);
    }
    for plan in world.rdv_plans.values_mut().filter(|plan| plan.user_id == from) {
        plan.user_id = into;
    }
    world.sessions.retain(|_, session| session.user_id != from);
    let mut touched = Vec::new();
    for rdv in world.rdvs.values_mut() {
        let twice = rdv.participations.iter().any(|part| part.user_id == into);
        let before = rdv.participations.len();
        rdv.participations.retain(|part| part.user_id != from || !twice);
        let mut changed = rdv.participations.len() != before;
        for part in rdv.participations.iter_mut().filter(|part| part.user_id == from) {
            part.user_id = into;
            changed = true;
        }
        if changed {
            touched.push(rdv.id);
        }
    }
    for id in &touched {
        webhooks::emit(world, *id, Event::Updated, None, now);
    }
    Ok(touched)
}

/// Takes a person's name and means of contact away. Nothing is told then; later events show it.
///
/// # Errors
/// [`Missing`] when they do not exist.
pub fn anonymise(world: &mut World, id: UserId) -> Result<(), Missing> {
    let user = world.users.get_mut(&id).ok_or(Missing)?;
    *user = User {
        first_name: "Usager supprimé".to_owned(),
        last_name: "Usager supprimé".to_owned(),
        email: Some(format!("user_{id}@deleted.rdv-solidarites.fr")),
        organisation_ids: std::mem::take(&mut user.organisation_ids),
        ..booking::blank_file(id, user.responsible_id, user.created_at)
    };
    world.sessions.retain(|_, session| session.user_id != id);
    Ok(())
}
