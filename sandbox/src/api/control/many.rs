//! Many rendez-vous at once, and rendez-vous to which many come.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::rdvs::{Change, Create, carry_out, choose_agent, deliveries_of, write_down};
use super::{Refused, read, unreadable};
use crate::model::{Author, MotifId, RdvId};
use crate::rules::booking::{self, Identity, NewRdv};
use crate::state::world::World;
use crate::text::contact;
use crate::text::dates;
use crate::web::App;

/// Many rendez-vous, each with what happens to it, in one change.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CreateMany {
    rdvs: Vec<WithHistory>,
}

#[derive(Debug, Deserialize)]
struct WithHistory {
    #[serde(flatten)]
    create: Create,
    #[serde(default)]
    history: Vec<Step>,
}

#[derive(Debug, Deserialize)]
struct Step {
    action: String,
    #[serde(flatten)]
    change: Change,
}

/// `POST /__sandbox/rdvs/bulk {"rdvs": [{…as for one…, "history": [{"action": "cancel"}, …]}, …]}`: all or none.
pub async fn create_many(State(app): State<App>, body: Bytes) -> Result<Json<Value>, Refused> {
    let CreateMany { rdvs } = read(&body)?;
    app.store
        .change(|world, now| {
            let before = world.clone();
            let made =
                rdvs.into_iter().map(|rdv| live(world, rdv, now)).collect::<Result<Vec<_>, _>>();
            match made {
                Ok(ids) => Ok(Json(json!({"ids": ids}))),
                Err(refused) => {
                    *world = before;
                    Err(refused)
                }
            }
        })
        .await
}

fn live(world: &mut World, rdv: WithHistory, now: DateTime<Utc>) -> Result<RdvId, Refused> {
    let id = write_down(world, rdv.create, now)?;
    for step in rdv.history {
        carry_out(world, id, &step.action, &step.change, now)?;
    }
    Ok(id)
}

/// A rendez-vous to which many come.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CreateCollective {
    starts_at: String,
    /// A collective one; the first when left out.
    motif_id: Option<MotifId>,
    /// 100 when left out.
    participants: Option<usize>,
    /// The first participants; the others are invented.
    #[serde(default)]
    emails: Vec<String>,
}

const MOST_PARTICIPANTS: usize = 1_000;

/// `POST /__sandbox/collective`
pub async fn create_collective(
    State(app): State<App>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let wanted: CreateCollective = read(&body)?;
    app.store
        .change(|world, now| {
            let id = gather(world, &wanted, now)?;
            Ok(Json(json!({"id": id, "deliveries": deliveries_of(world, id)})))
        })
        .await
}

fn gather(
    world: &mut World,
    wanted: &CreateCollective,
    now: DateTime<Utc>,
) -> Result<RdvId, Refused> {
    let count = wanted.participants.unwrap_or(100);
    if !(1..=MOST_PARTICIPANTS).contains(&count) {
        return Err(unreadable("participants: a number from 1 to 1000 is expected"));
    }
    let mut collective = world.motifs.values().filter(|motif| motif.collectif);
    let motif = collective.find(|motif| wanted.motif_id.is_none_or(|id| motif.id == id));
    let motif = motif.ok_or(Refused::Missing)?.clone();
    let zone = world.organisation(motif.organisation_id)?.time_zone;
    let starts_at = dates::parse(&wanted.starts_at, zone)
        .ok_or_else(|| unreadable("starts_at: a date and time is expected"))?;
    let agent_id = choose_agent(world, &motif, None, starts_at, now)?;
    let mut people = Vec::new();
    for number in 1..=count {
        let email = wanted.emails.get(number - 1).cloned();
        let email = email.unwrap_or_else(|| format!("participant{number}@exemple.fr"));
        let identity = Identity {
            email: contact::normalise_email(&email),
            first_name: "Participant".to_owned(),
            last_name: format!("N° {number}"),
            ..Identity::default()
        };
        people.push(booking::remember_person(world, &identity, now));
    }
    let new = NewRdv {
        motif_id: motif.id,
        lieu_id: world.lieux_of(motif.organisation_id).next().map(|lieu| lieu.id),
        starts_at,
        duration: None,
        agent_id,
        user_id: people[0],
        created_by: Author::agent(agent_id),
        context: None,
    };
    Ok(booking::create_collective(world, new, &people[1..], &motif.name, now)?)
}
