//! The whole state of the platform, and how to find things in it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::config::Settings;
use crate::mails::Mail;
use crate::model::{
    Agent, AgentId, ApiFaults, DeliveryMode, EndpointId, Lieu, LieuId, LocationType, Motif,
    MotifId, OauthState, Organisation, OrganisationId, Rdv, RdvId, RdvPlan, RdvPlanId, Reason,
    Session, User, UserId, WebhookEndpoint,
};
use crate::state::clock::Clock;
use crate::state::draws::Draws;
use crate::state::outbox::Outbox;

/// Everything that a snapshot keeps.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct World {
    /// From the configuration; replaced at each start.
    pub settings: Settings,
    /// The platform's time.
    pub clock: Clock,
    /// The platform's chance.
    pub draws: Draws,
    /// How deliveries are disturbed.
    pub mode: DeliveryMode,
    /// The next numbers to give.
    pub next: NextIds,
    /// By id.
    pub organisations: BTreeMap<OrganisationId, Organisation>,
    /// By id.
    pub motifs: BTreeMap<MotifId, Motif>,
    /// By id.
    pub lieux: BTreeMap<LieuId, Lieu>,
    /// By id.
    pub agents: BTreeMap<AgentId, Agent>,
    /// By id.
    pub users: BTreeMap<UserId, User>,
    /// By the value of the cookie.
    pub sessions: BTreeMap<String, Session>,
    /// By id.
    pub rdvs: BTreeMap<RdvId, Rdv>,
    /// By id.
    pub endpoints: BTreeMap<EndpointId, WebhookEndpoint>,
    /// Those made and those to make. The snapshot keeps them in a file of their own.
    #[serde(default, skip_serializing)]
    pub deliveries: Outbox,
    /// The number of that file.
    #[serde(default)]
    pub delivery_log: u64,
    /// Who may call the API.
    #[serde(default)]
    pub oauth: OauthState,
    /// How the API is made to fail.
    #[serde(default)]
    pub faults: ApiFaults,
    /// By id.
    #[serde(default)]
    pub rdv_plans: BTreeMap<RdvPlanId, RdvPlan>,
    /// What was deleted, and why.
    #[serde(default)]
    pub destroyed: BTreeMap<RdvId, Option<Reason>>,
    /// The mails about rendez-vous, the oldest first.
    #[serde(default)]
    pub mails: Vec<Mail>,
}

/// The next number of each kind.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct NextIds {
    /// People.
    pub user: i64,
    /// Rendez-vous.
    pub rdv: i64,
    /// Participations.
    pub participation: i64,
    /// Endpoints.
    pub endpoint: i64,
    /// Deliveries.
    pub delivery: i64,
    /// Plans.
    #[serde(default = "first_plan")]
    pub rdv_plan: i64,
}

fn first_plan() -> i64 {
    1
}

/// Gives the number and moves to the following one.
pub fn take(next: &mut i64) -> i64 {
    let taken = *next;
    *next += 1;
    taken
}

/// Something an address or a form speaks of does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cet élément n’existe pas ou n’existe plus")]
pub struct Missing;

impl World {
    /// Nothing and nobody: no organisation, no person, no rendez-vous.
    pub fn empty(settings: Settings, draws: Draws) -> Self {
        Self {
            settings,
            clock: Clock::Real,
            draws,
            mode: DeliveryMode::default(),
            next: NextIds {
                user: 6425,
                rdv: 296_828,
                participation: 346_828,
                endpoint: 1,
                delivery: 1,
                rdv_plan: 1,
            },
            organisations: BTreeMap::new(),
            motifs: BTreeMap::new(),
            lieux: BTreeMap::new(),
            agents: BTreeMap::new(),
            users: BTreeMap::new(),
            sessions: BTreeMap::new(),
            rdvs: BTreeMap::new(),
            endpoints: BTreeMap::new(),
            deliveries: Outbox::default(),
            delivery_log: 0,
            oauth: OauthState::default(),
            faults: ApiFaults::default(),
            rdv_plans: BTreeMap::new(),
            destroyed: BTreeMap::new(),
            mails: Vec::new(),
        }
    }

    /// The organisation, or [`Missing`].
    pub fn organisation(&self, id: OrganisationId) -> Result<&Organisation, Missing> {
        self.organisations.get(&id).ok_or(Missing)
    }

    /// The motif, or [`Missing`].
    pub fn motif(&self, id: MotifId) -> Result<&Motif, Missing> {
        self.motifs.get(&id).ok_or(Missing)
    }

    /// The person, or [`Missing`].
    pub fn user(&self, id: UserId) -> Result<&User, Missing> {
        self.users.get(&id).ok_or(Missing)
    }

    /// The rendez-vous, or [`Missing`].
    pub fn rdv(&self, id: RdvId) -> Result<&Rdv, Missing> {
        self.rdvs.get(&id).ok_or(Missing)
    }

    /// The rendez-vous to change, or [`Missing`].
    pub fn rdv_mut(&mut self, id: RdvId) -> Result<&mut Rdv, Missing> {
        self.rdvs.get_mut(&id).ok_or(Missing)
    }

    /// The organisation of a rendez-vous and its motif.
    pub fn context_of(&self, rdv: &Rdv) -> Result<(&Organisation, &Motif), Missing> {
        Ok((self.organisation(rdv.organisation_id)?, self.motif(rdv.motif_id)?))
    }

    /// The agents who receive in this organisation.
    pub fn agents_of(&self, id: OrganisationId) -> impl Iterator<Item = &Agent> {
        self.agents.values().filter(move |agent| agent.organisation_id == id && agent.receives)
    }

    /// The motifs that the public link of this organisation offers.
    pub fn public_motifs(&self, id: OrganisationId) -> impl Iterator<Item = &Motif> {
        self.motifs
            .values()
            .filter(move |motif| motif.organisation_id == id && motif.bookable_publicly())
    }

    /// The places of this organisation.
    pub fn lieux_of(&self, id: OrganisationId) -> impl Iterator<Item = &Lieu> {
        self.lieux.values().filter(move |lieu| lieu.organisation_id == id)
    }

    /// Where the rendez-vous is held, empty by telephone and by video. Follows the lieu and the
    /// person: it is no copy made when booking.
    pub fn address_of(&self, rdv: &Rdv) -> String {
        let kind = self.motifs.get(&rdv.motif_id).map(|m| m.location_type);
        let address = match kind {
            Some(LocationType::PublicOffice) => {
                rdv.lieu_id.and_then(|id| self.lieux.get(&id)).map(|lieu| lieu.address.clone())
            }
            Some(LocationType::Home) => {
                rdv.participations.first().and_then(|part| self.home_of(part.user_id))
            }
            _ => None,
        };
        address.unwrap_or_default()
    }

    fn home_of(&self, id: UserId) -> Option<String> {
        let user = self.users.get(&id)?;
        let responsible = user.responsible_id.and_then(|id| self.users.get(&id));
        user.address.clone().or_else(|| responsible?.address.clone())
    }

    /// The address of the video room, for a rendez-vous by video.
    pub fn visio_url(&self, rdv: &Rdv) -> Option<String> {
        let motif = self.motifs.get(&rdv.motif_id)?;
        (motif.location_type == LocationType::Visio)
            .then(|| format!("{}{}", self.settings.visio_base, rdv.room()))
    }

    /// Whether the rendez-vous is this person's, or a relative's for whom they booked.
    pub fn belongs_to(&self, rdv: &Rdv, user_id: UserId) -> bool {
        rdv.participations.iter().any(|part| {
            part.user_id == user_id
                || self
                    .users
                    .get(&part.user_id)
                    .is_some_and(|user| user.responsible_id == Some(user_id))
        })
    }

    /// Opens a session and gives the value of its cookie.
    pub fn open_session(&mut self, session: Session) -> String {
        let token = self.draws.token(40);
        self.sessions.insert(token.clone(), session);
        token
    }

    /// The session of this cookie, while it lasts and its person exists.
    pub fn session(&self, token: &str, now: DateTime<Utc>) -> Option<&Session> {
        self.sessions
            .get(token)
            .filter(|session| session.expires_at.is_none_or(|end| end > now))
            .filter(|session| self.users.contains_key(&session.user_id))
    }
}
