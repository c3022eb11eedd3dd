//! The mails about rendez-vous, with the file for a calendar that the platform joins to them. None leaves: they are kept,
//! for whoever compares.

mod ics;
mod mime;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use self::ics::Invitation;
use crate::model::{Agent, Participation, Rdv, RdvId, User};
use crate::state::world::World;

/// How many mails are remembered.
const KEPT: usize = 2_000;

/// A mail.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mail {
    /// About which rendez-vous.
    pub rdv_id: RdvId,
    /// Whom it is written to.
    pub to: String,
    /// Whether they are an agent.
    pub to_agent: bool,
    /// When it was written: the file is stamped with it.
    pub written_at: DateTime<Utc>,
    /// What its file asks a calendar to do.
    pub method: Method,
    /// The file.
    pub ics: String,
    /// The mail, as it would leave.
    pub source: String,
    /// What it tells, to know whether there is news.
    state: State,
}

/// What a file asks a calendar to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// To take it, for the person.
    Publish,
    /// To take it, for agents, who attend.
    Request,
    /// To remove it.
    Cancel,
}

impl Method {
    /// As files and headers write it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// What people must hear of when it changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    location: String,
    cancelled: bool,
}

/// Whom a mail is written to.
struct Reader<'a> {
    email: &'a str,
    participation: Option<&'a Participation>,
    cancelled: bool,
}

/// Writes the mails of what has just happened to a rendez-vous, to those who do not know it yet.
pub fn tell(world: &mut World, rdv_id: RdvId, now: DateTime<Utc>) {
    let Some(mails) = news(world, rdv_id, now) else { return };
    world.mails.extend(mails);
    let old = world.mails.len().saturating_sub(KEPT);
    world.mails.drain(..old);
}

fn news(world: &World, rdv_id: RdvId, now: DateTime<Utc>) -> Option<Vec<Mail>> {
    let rdv = world.rdv(rdv_id).ok()?;
    // Nobody is told of what is over.
    if rdv.starts_at <= now {
        return None;
    }
    let mut mails = Vec::new();
    for reader in readers(world, rdv) {
        let state = State {
            starts_at: rdv.starts_at,
            ends_at: rdv.ends_at,
            location: location(world, rdv),
            cancelled: reader.cancelled,
        };
        let last = world.mails.iter().rev().find(|m| m.rdv_id == rdv_id && m.to == reader.email);
        match last {
            Some(last) if last.state == state => continue,
            // Nobody is told that what they never heard of is cancelled.
            None if state.cancelled => continue,
            _ => {}
        }
        mails.push(write(world, rdv, &reader, state, now)?);
    }
    Some(mails)
}

/// Those who are written to: the persons and the agents of the rendez-vous, and the agents who were.
fn readers<'a>(world: &'a World, rdv: &'a Rdv) -> Vec<Reader<'a>> {
    let persons = rdv.participations.iter().filter_map(|participation| {
        let user = world.users.get(&participation.user_id)?;
        let reader = user.responsible_id.and_then(|id| world.users.get(&id)).unwrap_or(user);
        let cancelled = rdv.status.is_cancelled() || participation.status.is_cancelled();
        let email = address(reader)?;
        Some(Reader { email, participation: Some(participation), cancelled })
    });
    let agents: Vec<&str> = agents(world, rdv).filter_map(|agent| agent.email.as_deref()).collect();
    let former = world.mails.iter().filter(|mail| mail.rdv_id == rdv.id && mail.to_agent);
    let former = former.map(|mail| mail.to.as_str()).filter(|email| !agents.contains(email));
    let mut former: Vec<&str> = former.collect();
    former.sort_unstable();
    former.dedup();
    let cancelled = rdv.status.is_cancelled();
    let agent = |cancelled| move |email| Reader { email, participation: None, cancelled };
    let former: Vec<Reader<'_>> = former.into_iter().map(agent(true)).collect();
    persons.chain(former).chain(agents.into_iter().map(agent(cancelled))).collect()
}

/// Where a person gets mails, unless they asked for none.
fn address(user: &User) -> Option<&str> {
    user.email.as_deref().filter(|_| user.details.notify_by_email)
}

fn agents<'a>(world: &'a World, rdv: &'a Rdv) -> impl Iterator<Item = &'a Agent> {
    rdv.agent_ids.iter().filter_map(|id| world.agents.get(id))
}

fn location(world: &World, rdv: &Rdv) -> String {
    world.visio_url(rdv).unwrap_or_else(|| world.address_of(rdv))
}

fn write(
    world: &World,
    rdv: &Rdv,
    reader: &Reader<'_>,
    state: State,
    now: DateTime<Utc>,
) -> Option<Mail> {
    let organisation = world.organisations.get(&rdv.organisation_id)?;
    let motif = world.motifs.get(&rdv.motif_id)?;
    let url = &world.settings.url;
    let (description, attendees) = match reader.participation {
        Some(part) => {
            let link = format!("{url}/r/{}/{}", rdv.id, part.token);
            (format!("Infos et annulation: {link}"), vec![])
        }
        None => {
            let attendees = agents(world, rdv).filter_map(|agent| agent.email.clone()).collect();
            let link = format!("{url}/agents/rdvs/{}", rdv.id);
            (format!("Voir sur RDV Service Public: {link}"), attendees)
        }
    };
    let method = match (state.cancelled, reader.participation) {
        (true, _) => Method::Cancel,
        (false, Some(_)) => Method::Publish,
        (false, None) => Method::Request,
    };
    let ics = ics::write(&Invitation {
        method,
        uid: rdv.uuid.to_string(),
        stamp: now,
        starts_at: rdv.starts_at,
        ends_at: rdv.ends_at,
        zone: organisation.time_zone,
        summary: format!("RDV {}", motif.name),
        location: state.location.clone(),
        description,
        attendees,
        secretariat: secretariat(&organisation.verticale),
    });
    let name = format!("rdv-{}-{}.ics", motif.name, rdv.starts_at.format("%Y-%m-%d"));
    Some(Mail {
        rdv_id: rdv.id,
        to: reader.email.to_owned(),
        to_agent: reader.participation.is_none(),
        written_at: now,
        method,
        source: mime::write(reader.email, &motif.name, &name, method, &ics),
        ics,
        state,
    })
}

/// The address that organises, for each of the platform's names.
fn secretariat(verticale: &str) -> &'static str {
    if verticale == "rdv_solidarites" {
        "secretariat-auto@rdv-solidarites.fr"
    } else {
        "secretariat-auto@rdv-service-public.fr"
    }
}
