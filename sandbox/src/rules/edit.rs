//! The agents' form of a rendez-vous: when, with whom, for whom, where, and what they note.

use chrono::{DateTime, Utc};

use crate::model::{AgentId, Event, LieuId, LocationType, Participation, RdvId, UserId};
use crate::rules::booking;
use crate::rules::lifecycle::put_at;
use crate::state::world::{Missing, World};
use crate::webhooks;

/// What an agent changes in the form of a rendez-vous; what is left out stays.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// When it begins; it lasts as long as before.
    pub starts_at: Option<DateTime<Utc>>,
    /// Whom one meets.
    pub agent_ids: Option<Vec<AgentId>>,
    /// Who comes.
    pub user_ids: Option<Vec<UserId>>,
    /// Where, when at a lieu.
    pub lieu_id: Option<LieuId>,
    /// What agents note about it; blank erases it.
    pub context: Option<String>,
}

/// An agent saves the form. The platform writes agents and people before the rest: when they change there is
/// a first event that still has the old time, then another with everything.
///
/// # Errors
/// [`Missing`] when it, or something that the form names, does not exist.
pub fn edit_by_agent(
    world: &mut World,
    id: RdvId,
    edit: Edit,
    now: DateTime<Utc>,
) -> Result<(), Missing> {
    check(world, id, &edit)?;
    let mut rewritten = false;
    if let Some(agent_ids) = edit.agent_ids {
        let rdv = world.rdv_mut(id)?;
        rewritten |= rdv.agent_ids != agent_ids;
        rdv.agent_ids = agent_ids;
    }
    if let Some(user_ids) = edit.user_ids {
        rewritten |= set_people(world, id, &user_ids, now)?;
    }
    if rewritten {
        webhooks::emit(world, id, Event::Updated, None, now);
    }
    let rdv = world.rdv_mut(id)?;
    let before = (rdv.starts_at, rdv.lieu_id, rdv.context.clone());
    if let Some(starts_at) = edit.starts_at {
        put_at(rdv, starts_at);
    }
    rdv.lieu_id = edit.lieu_id.or(rdv.lieu_id);
    if let Some(context) = edit.context.as_deref().map(str::trim) {
        rdv.context = (!context.is_empty()).then(|| context.to_owned());
    }
    if before != (rdv.starts_at, rdv.lieu_id, rdv.context.clone()) {
        webhooks::emit(world, id, Event::Updated, None, now);
    }
    Ok(())
}

fn check(world: &World, id: RdvId, edit: &Edit) -> Result<(), Missing> {
    let rdv = world.rdv(id)?;
    let at_lieu = world.motif(rdv.motif_id)?.location_type == LocationType::PublicOffice;
    let agents = edit.agent_ids.iter().flatten().all(|id| world.agents.contains_key(id));
    let users = edit.user_ids.iter().flatten().all(|id| world.users.contains_key(id));
    let lieu = edit.lieu_id.is_none_or(|lieu_id| {
        at_lieu && world.lieux_of(rdv.organisation_id).any(|lieu| lieu.id == lieu_id)
    });
    let somebody = edit.agent_ids.as_ref().is_none_or(|ids| !ids.is_empty());
    if agents && users && lieu && somebody { Ok(()) } else { Err(Missing) }
}

/// Keeps the participations of those who stay, and adds one for each newcomer. Says whether anything changed.
fn set_people(
    world: &mut World,
    id: RdvId,
    user_ids: &[UserId],
    now: DateTime<Utc>,
) -> Result<bool, Missing> {
    let rdv = world.rdv(id)?;
    let (organisation_id, author) = (rdv.organisation_id, rdv.created_by);
    let mut parts = Vec::new();
    for user_id in user_ids {
        let known = world.rdv(id)?.participations.iter().find(|part| part.user_id == *user_id);
        parts.push(match known.cloned() {
            Some(part) => part,
            None => booking::participation(world, *user_id, author, now),
        });
        booking::join(world, *user_id, organisation_id);
    }
    let rdv = world.rdv_mut(id)?;
    let ids = |parts: &[Participation]| parts.iter().map(|part| part.id).collect::<Vec<_>>();
    let changed = ids(&rdv.participations) != ids(&parts);
    rdv.participations = parts;
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::story::{self, at};

    #[test]
    fn an_agent_who_hands_over_and_moves_is_told_in_two_events() {
        let mut world = story::world_2024();
        let id = story::book(&mut world, 501, at("2024-06-07 15:30"), at("2024-05-27 18:21"));
        let before = world.deliveries.len();
        let other = if world.rdvs[&id].agent_ids == [AgentId(1957)] { 1958 } else { 1957 };
        let now = at("2024-05-28 10:00");
        let edit = Edit {
            starts_at: Some(at("2024-06-10 10:00")),
            agent_ids: Some(vec![AgentId(other)]),
            ..Edit::default()
        };
        edit_by_agent(&mut world, id, edit, now).unwrap();
        let bodies: Vec<_> =
            world.deliveries.values().skip(before).map(|d| d.body.clone().unwrap()).collect();
        assert_eq!(bodies.len(), 2);
        assert!(bodies[0].contains("2024-06-07 15:30:00"));
        assert!(bodies[1].contains("2024-06-10 10:00:00"));
    }
}
