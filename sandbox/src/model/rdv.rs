//! Rendez-vous and who takes part in them.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{AgentId, LieuId, MotifId, OrganisationId, ParticipationId, RdvId, UserId};

/// Where a rendez-vous, or one person's part in it, stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// To come, or nobody said yet how it went.
    Unknown,
    /// It was held.
    Seen,
    /// Cancelled by the person.
    Excused,
    /// Cancelled by the service.
    Revoked,
    /// The person did not come.
    Noshow,
}

impl Status {
    /// All of them, in the order of the agents' form.
    pub const ALL: [Self; 5] =
        [Self::Unknown, Self::Seen, Self::Noshow, Self::Excused, Self::Revoked];

    /// Whether it frees the slot.
    pub fn is_cancelled(self) -> bool {
        matches!(self, Self::Excused | Self::Revoked)
    }

    /// Whether `cancelled_at` is set with it. An absence has one too, although it is no cancellation.
    pub fn sets_cancelled_at(self) -> bool {
        self.is_cancelled() || self == Self::Noshow
    }

    /// As on the wire and in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Seen => "seen",
            Self::Excused => "excused",
            Self::Revoked => "revoked",
            Self::Noshow => "noshow",
        }
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Unknown => "À venir",
            Self::Seen => "Honoré",
            Self::Excused => "Annulé par l’usager",
            Self::Revoked => "Annulé par le service",
            Self::Noshow => "Absence",
        }
    }
}

/// What kind of author something has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthorKind {
    /// The person, on the public pages.
    User,
    /// An agent.
    Agent,
    /// Another service, for the person.
    Prescripteur,
    /// The platform, when an earlier slot became free.
    FileAttente,
}

impl AuthorKind {
    /// The value of `created_by`.
    pub fn code(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Agent => "agent",
            Self::Prescripteur => "prescripteur",
            Self::FileAttente => "file_attente",
        }
    }

    /// The value of `created_by_type`.
    pub fn class_name(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Agent => "Agent",
            Self::Prescripteur => "Prescripteur",
            Self::FileAttente => "FileAttente",
        }
    }
}

/// Who created a rendez-vous.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Author {
    /// What they are.
    pub kind: AuthorKind,
    /// Their id among those.
    pub id: i64,
}

impl Author {
    /// The person themself.
    pub fn user(id: UserId) -> Self {
        Self { kind: AuthorKind::User, id: id.0 }
    }

    /// An agent.
    pub fn agent(id: AgentId) -> Self {
        Self { kind: AuthorKind::Agent, id: id.0 }
    }
}

/// One person's part in a rendez-vous.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Participation {
    /// Stands in the webhooks.
    pub id: ParticipationId,
    /// Whose part it is.
    pub user_id: UserId,
    /// The same as the rendez-vous' when there is one person only.
    pub status: Status,
    /// Who entered it.
    pub created_by: Author,
    /// The secret of the short link `/r/:id/:token`; in mails only, never in a webhook.
    pub token: String,
    /// From when the token counts its twelve weeks.
    pub token_created_at: DateTime<Utc>,
}

/// A rendez-vous.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rdv {
    /// Never changes.
    pub id: RdvId,
    /// Never changes; the video room is made of it.
    pub uuid: Uuid,
    /// Whose rendez-vous it is.
    pub organisation_id: OrganisationId,
    /// Never changes.
    pub motif_id: MotifId,
    /// Where, when at a lieu.
    pub lieu_id: Option<LieuId>,
    /// Whom one meets.
    pub agent_ids: Vec<AgentId>,
    /// Where it stands.
    pub status: Status,
    /// Beginning.
    pub starts_at: DateTime<Utc>,
    /// End.
    pub ends_at: DateTime<Utc>,
    /// What agents wrote about it.
    pub context: Option<String>,
    /// Set by cancellations and absences.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Who created it.
    pub created_by: Author,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Who takes part.
    pub participations: Vec<Participation>,
    /// Title of a collective one.
    #[serde(default)]
    pub name: Option<String>,
    /// How many may come to a collective one.
    #[serde(default)]
    pub max_participants_count: Option<i64>,
}

impl Rdv {
    /// How long it lasts.
    pub fn duration(&self) -> TimeDelta {
        self.ends_at - self.starts_at
    }

    /// Name of its video room.
    pub fn room(&self) -> String {
        format!("RdvServicePublic{}", self.uuid.simple())
    }

    /// The participation to which this short-link token belongs, while it is valid.
    pub fn participation_by_token(
        &self,
        token: &str,
        now: DateTime<Utc>,
    ) -> Option<&Participation> {
        let valid_since = now - TimeDelta::weeks(12);
        self.participations
            .iter()
            .find(|part| part.token == token && part.token_created_at > valid_since)
    }
}
