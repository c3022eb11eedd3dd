//! What an agent may see and do, decided here and nowhere else.

use crate::model::{AccessLevel, Agent, Motif, Organisation, OrganisationId, Rdv, User, UserId};
use crate::state::world::World;

/// Whether they are a territorial administrator of this organisation.
pub fn administers_territory(agent: &Agent, organisation: &Organisation) -> bool {
    agent.territories.contains(&organisation.departement)
}

/// Whether they work in this organisation, or administer its territory.
pub fn works_in(world: &World, agent: &Agent, id: OrganisationId) -> bool {
    agent.organisation_id == id
        || world.organisations.get(&id).is_some_and(|o| administers_territory(agent, o))
}

/// Whether the motif is among what they may plan.
pub fn sees_motif(world: &World, agent: &Agent, motif: &Motif) -> bool {
    works_in(world, agent, motif.organisation_id) && shares_service(agent, motif)
}

/// Administrators see the whole organisation, the others their own rendez-vous and their service's.
pub fn sees_rdv(world: &World, agent: &Agent, rdv: &Rdv) -> bool {
    let of_service = world.motifs.get(&rdv.motif_id).is_some_and(|m| shares_service(agent, m));
    works_in(world, agent, rdv.organisation_id) && (of_service || rdv.agent_ids.contains(&agent.id))
}

fn shares_service(agent: &Agent, motif: &Motif) -> bool {
    agent.access_level == AccessLevel::Admin || motif.service_id == agent.service_id
}

/// Colleagues: all of their organisations for administrators, those of their service for the others.
pub fn sees_agent(world: &World, agent: &Agent, other: &Agent) -> bool {
    works_in(world, agent, other.organisation_id)
        && (agent.access_level == AccessLevel::Admin || other.service_id == agent.service_id)
}

/// Whether one of their organisations has a file on the person.
pub fn sees_user(world: &World, agent: &Agent, user: &User) -> bool {
    user.organisation_ids.iter().any(|id| works_in(world, agent, *id))
}

/// A plan may also be made for somebody for whom they planned before.
pub fn may_plan_for(world: &World, agent: &Agent, id: UserId) -> bool {
    world.users.get(&id).is_some_and(|user| sees_user(world, agent, user))
        || world.rdv_plans.values().any(|plan| plan.agent_id == agent.id && plan.user_id == id)
}
