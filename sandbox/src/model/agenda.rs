//! What an organisation offers: motifs, lieux, agents.

use chrono::TimeDelta;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{AgentId, LieuId, MotifId, OrganisationId};

/// Who gives the rendez-vous.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Organisation {
    /// Stands in the public link, `/org/100/…`.
    pub id: OrganisationId,
    /// Shown to the public.
    pub name: String,
    /// The decorative end of the public link.
    pub slug: String,
    /// Which brand of the platform it belongs to, e.g. `rdv_mairie`.
    pub verticale: String,
    /// National format.
    pub phone_number: String,
    /// Where the public may write.
    pub email: String,
    /// Where its clocks are.
    pub time_zone: Tz,
    /// The number of its département.
    pub departement: String,
}

/// How a rendez-vous is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LocationType {
    /// At a lieu.
    PublicOffice,
    /// The agent calls.
    Phone,
    /// The agent comes.
    Home,
    /// By video.
    Visio,
}

impl LocationType {
    /// « Sur place », « Par téléphone »…
    pub fn label(self) -> &'static str {
        match self {
            Self::PublicOffice => "Sur place",
            Self::Phone => "Par téléphone",
            Self::Home => "À domicile",
            Self::Visio => "Par visioconférence",
        }
    }
}

/// What a rendez-vous is for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Motif {
    /// Identifies it in every link of the booking path.
    pub id: MotifId,
    /// Whose motif it is.
    pub organisation_id: OrganisationId,
    /// The service within the organisation.
    pub service_id: i64,
    /// Shown to the public.
    pub name: String,
    /// How it is held; never changes once it has rendez-vous.
    pub location_type: LocationType,
    /// Minutes.
    pub default_duration_in_min: i64,
    /// What the person is told before the rendez-vous.
    pub instruction_for_rdv: Option<String>,
    /// Who may book: `everyone`, or a narrower public.
    pub bookable_by: String,
    /// Whether the person may cancel.
    pub rdvs_cancellable_by_user: bool,
    /// Whether the person may move.
    pub rdvs_editable_by_user: bool,
    /// Seconds between now and the first slot offered.
    pub min_public_booking_delay: i64,
    /// Seconds between now and the last slot offered.
    pub max_public_booking_delay: i64,
    /// Whether several people come to the same rendez-vous.
    #[serde(default)]
    pub collectif: bool,
}

impl Motif {
    /// How long its rendez-vous last.
    pub fn duration(&self) -> TimeDelta {
        TimeDelta::minutes(self.default_duration_in_min)
    }

    /// Whether the public link offers it.
    pub fn bookable_publicly(&self) -> bool {
        self.bookable_by == "everyone"
    }
}

/// A place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Lieu {
    /// Identifies it in the booking path.
    pub id: LieuId,
    /// Whose place it is.
    pub organisation_id: OrganisationId,
    /// Shown to the public.
    pub name: String,
    /// On one line: street, town, postal code.
    pub address: String,
    /// National format.
    pub phone_number: Option<String>,
}

/// What an agent may see and do in their organisations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessLevel {
    /// Their own rendez-vous and those of their service.
    #[default]
    Basic,
    /// Everything of the organisation.
    Admin,
}

/// Whom one meets.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Agent {
    /// Stands in the webhooks.
    pub id: AgentId,
    /// Where they receive.
    pub organisation_id: OrganisationId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// None for those who have no account of their own.
    pub email: Option<String>,
    /// Their service within the organisation.
    #[serde(default)]
    pub service_id: i64,
    /// What they may see.
    #[serde(default)]
    pub access_level: AccessLevel,
    /// The numbers of the départements of which they are territorial administrators.
    #[serde(default)]
    pub territories: Vec<String>,
    /// Whether slots are offered with them.
    #[serde(default = "receives")]
    pub receives: bool,
}

fn receives() -> bool {
    true
}

impl Agent {
    /// « Tom Instructeur ».
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}
