//! A rendez-vous as a body recorded on the platform tells it, put into the world: what was told comes true here.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use uuid::Uuid;

use crate::model::{
    AccessLevel, Agent, AgentId, Author, AuthorKind, Details, Lieu, LieuId, LocationType, Motif,
    MotifId, OrganisationId, Participation, ParticipationId, Rdv, RdvId, Status, User, UserId,
};
use crate::rules::booking;
use crate::state::world::World;
use crate::text::dates::{self, PARIS};

#[derive(Deserialize)]
struct Recorded {
    id: RdvId,
    uuid: Uuid,
    status: Status,
    #[serde(deserialize_with = "instant")]
    starts_at: DateTime<Utc>,
    #[serde(deserialize_with = "instant")]
    ends_at: DateTime<Utc>,
    context: Option<String>,
    #[serde(deserialize_with = "maybe_instant")]
    cancelled_at: Option<DateTime<Utc>>,
    #[serde(flatten)]
    author: RecordedAuthor,
    motif: RecordedMotif,
    lieu: Option<Lieu>,
    agents: Vec<RecordedAgent>,
    participations: Vec<RecordedParticipation>,
    name: Option<String>,
    max_participants_count: Option<i64>,
}

#[derive(Deserialize)]
struct RecordedAuthor {
    created_by: AuthorKind,
    created_by_id: i64,
}

#[derive(Deserialize)]
struct RecordedMotif {
    id: MotifId,
    organisation_id: OrganisationId,
    service_id: i64,
    name: String,
    location_type: LocationType,
    instruction_for_rdv: Option<String>,
    bookable_by: String,
    collectif: bool,
}

#[derive(Deserialize)]
struct RecordedAgent {
    id: AgentId,
    first_name: String,
    last_name: String,
    email: Option<String>,
}

#[derive(Deserialize)]
struct RecordedParticipation {
    id: ParticipationId,
    status: Status,
    #[serde(flatten)]
    author: RecordedAuthor,
    user: RecordedUser,
}

#[derive(Deserialize)]
struct RecordedUser {
    id: UserId,
    first_name: String,
    last_name: String,
    email: Option<String>,
    phone_number: Option<String>,
    address: Option<String>,
    responsible: Option<Box<RecordedUser>>,
    #[serde(deserialize_with = "instant")]
    created_at: DateTime<Utc>,
    #[serde(flatten)]
    details: Details,
}

fn instant<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<Utc>, D::Error> {
    let text = String::deserialize(from)?;
    dates::parse(&text, PARIS).ok_or_else(|| serde::de::Error::custom(text))
}

fn maybe_instant<'de, D: Deserializer<'de>>(from: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    Ok(text.and_then(|text| dates::parse(&text, PARIS)))
}

impl From<RecordedAuthor> for Author {
    fn from(author: RecordedAuthor) -> Self {
        Self { kind: author.created_by, id: author.created_by_id }
    }
}

/// What `data` tells of a rendez-vous, its people, its agents, its motif and its lieu is so from now on. No webhook
/// tells of it.
///
/// # Errors
/// It is no rendez-vous.
pub fn remember(world: &mut World, data: &Value) -> serde_json::Result<RdvId> {
    let recorded = Recorded::deserialize(data)?;
    let organisation_id = recorded.motif.organisation_id;
    let (id, motif_id, service_id) = (recorded.id, recorded.motif.id, recorded.motif.service_id);
    let minutes = (recorded.ends_at - recorded.starts_at).num_minutes();
    let created_at = recorded.participations.first().map(|part| part.user.created_at);
    world.motifs.insert(motif_id, recorded.motif.into_motif(minutes));
    let agent_ids = recorded.agents.iter().map(|agent| agent.id).collect();
    for agent in recorded.agents {
        agent.remember(world, organisation_id, service_id);
    }
    let mut participations = Vec::new();
    for part in recorded.participations {
        let token_created_at = part.user.created_at;
        let user_id = part.user.remember(world);
        booking::join(world, user_id, organisation_id);
        participations.push(Participation {
            id: part.id,
            user_id,
            status: part.status,
            created_by: part.author.into(),
            token: world.draws.token(8),
            token_created_at,
        });
    }
    let lieu_id: Option<LieuId> = recorded.lieu.as_ref().map(|lieu| lieu.id);
    world.lieux.extend(recorded.lieu.map(|lieu| (lieu.id, lieu)));
    let rdv = Rdv {
        id,
        uuid: recorded.uuid,
        organisation_id,
        motif_id,
        lieu_id,
        agent_ids,
        status: recorded.status,
        starts_at: recorded.starts_at,
        ends_at: recorded.ends_at,
        context: recorded.context,
        cancelled_at: recorded.cancelled_at,
        created_by: recorded.author.into(),
        created_at: created_at.unwrap_or(recorded.starts_at),
        participations,
        name: recorded.name,
        max_participants_count: recorded.max_participants_count,
    };
    world.rdvs.insert(id, rdv);
    Ok(id)
}

impl RecordedMotif {
    fn into_motif(self, default_duration_in_min: i64) -> Motif {
        Motif {
            id: self.id,
            organisation_id: self.organisation_id,
            service_id: self.service_id,
            name: self.name,
            location_type: self.location_type,
            default_duration_in_min,
            instruction_for_rdv: self.instruction_for_rdv,
            bookable_by: self.bookable_by,
            rdvs_cancellable_by_user: true,
            rdvs_editable_by_user: true,
            min_public_booking_delay: 0,
            max_public_booking_delay: 0,
            collectif: self.collectif,
        }
    }
}

impl RecordedAgent {
    /// What a known agent may do stays.
    fn remember(self, world: &mut World, organisation_id: OrganisationId, service_id: i64) {
        let known = world.agents.remove(&self.id).unwrap_or(Agent {
            id: self.id,
            organisation_id,
            first_name: String::new(),
            last_name: String::new(),
            email: None,
            service_id,
            access_level: AccessLevel::Basic,
            territories: Vec::new(),
            receives: true,
        });
        let Self { id, first_name, last_name, email } = self;
        world.agents.insert(id, Agent { first_name, last_name, email, ..known });
    }
}

impl RecordedUser {
    fn remember(self, world: &mut World) -> UserId {
        let responsible_id = self.responsible.map(|responsible| responsible.remember(world));
        let user = User {
            first_name: self.first_name,
            last_name: self.last_name,
            email: self.email,
            phone_number: self.phone_number,
            address: self.address,
            details: self.details,
            ..booking::blank_file(self.id, responsible_id, self.created_at)
        };
        world.users.insert(self.id, user);
        self.id
    }
}
