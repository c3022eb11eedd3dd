//! Making and changing rendez-vous directly, without the rules that hold for people.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, read, unreadable};
use crate::model::{
    AgentId, Author, AuthorKind, LieuId, LocationType, Motif, MotifId, Rdv, RdvId, Reason, Status,
    UserId,
};
use crate::rules::booking::{self, Identity, NewRdv};
use crate::rules::edit::{Edit, edit_by_agent};
use crate::rules::lifecycle;
use crate::rules::slots::{self, Search};
use crate::state::world::{Missing, World};
use crate::text::contact;
use crate::text::dates;
use crate::web::App;
use crate::webhooks::blueprints;

/// A rendez-vous to write down. Its slot need not be offered, nor even be in the future.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Create {
    motif_id: MotifId,
    /// With its offset, or the wall clock of the organisation.
    starts_at: String,
    /// None: a person known by telephone only.
    email: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    phone_number: Option<String>,
    address: Option<String>,
    /// For whom the person books, when not for themself.
    relative: Option<Relative>,
    lieu_id: Option<LieuId>,
    agent_id: Option<AgentId>,
    duration_in_min: Option<i64>,
    context: Option<String>,
    /// `user` when left out.
    created_by: Option<AuthorKind>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Relative {
    first_name: String,
    last_name: String,
}

/// `POST /__sandbox/rdvs`
pub async fn create(State(app): State<App>, body: Bytes) -> Result<Json<Value>, Refused> {
    let wanted: Create = read(&body)?;
    app.store
        .change(|world, now| {
            let id = write_down(world, wanted, now)?;
            Ok(Json(described(world, id)?))
        })
        .await
}

pub(super) fn write_down(
    world: &mut World,
    wanted: Create,
    now: DateTime<Utc>,
) -> Result<RdvId, Refused> {
    let motif = world.motif(wanted.motif_id)?.clone();
    let zone = world.organisation(motif.organisation_id)?.time_zone;
    let starts_at = dates::parse(&wanted.starts_at, zone)
        .ok_or_else(|| unreadable("starts_at: a date and time is expected"))?;
    let agent_id = choose_agent(world, &motif, wanted.agent_id, starts_at, now)?;
    let (booker, user_id) = people(world, &wanted, now)?;
    let created_by = match wanted.created_by.unwrap_or(AuthorKind::User) {
        AuthorKind::User => Author::user(booker),
        AuthorKind::Agent => Author::agent(agent_id),
        kind => Author { kind, id: 1 },
    };
    let at_lieu = motif.location_type == LocationType::PublicOffice;
    let first_lieu = || world.lieux_of(motif.organisation_id).next().map(|lieu| lieu.id);
    let new = NewRdv {
        motif_id: motif.id,
        lieu_id: if at_lieu { wanted.lieu_id.or_else(first_lieu) } else { None },
        starts_at,
        duration: wanted.duration_in_min.map(TimeDelta::minutes),
        agent_id,
        user_id,
        created_by,
        context: wanted.context,
    };
    Ok(booking::create(world, new, now)?)
}

/// The agent asked for, or one who is free, or anybody.
pub(super) fn choose_agent(
    world: &mut World,
    motif: &Motif,
    wanted: Option<AgentId>,
    starts_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<AgentId, Refused> {
    if let Some(id) = wanted {
        return world.agents.get(&id).map(|agent| agent.id).ok_or(Refused::Missing);
    }
    let mut agents = slots::agents_for(world, Search::new(motif, now), starts_at)?;
    if agents.is_empty() {
        agents = world.agents_of(motif.organisation_id).map(|agent| agent.id).collect();
    }
    world.draws.pick(&agents).ok_or(Refused::Missing)
}

/// Who books, and for whom.
fn people(
    world: &mut World,
    wanted: &Create,
    now: DateTime<Utc>,
) -> Result<(UserId, UserId), Refused> {
    let email = wanted
        .email
        .as_deref()
        .map(|email| {
            contact::normalise_email(email).ok_or_else(|| unreadable("email: not an address"))
        })
        .transpose()?;
    let identity = Identity {
        email,
        first_name: wanted.first_name.clone().unwrap_or_else(|| "Camille".to_owned()),
        last_name: wanted.last_name.clone().unwrap_or_else(|| "MARTIN".to_owned()),
        phone_number: wanted.phone_number.clone(),
        address: wanted.address.clone(),
    };
    let booker = booking::remember_person(world, &identity, now);
    let person = match &wanted.relative {
        Some(relative) => booking::remember_relative(
            world,
            booker,
            &relative.first_name,
            &relative.last_name,
            now,
        ),
        None => booker,
    };
    Ok((booker, person))
}

/// The rendez-vous as the platform's API shows it, with what only mails carry.
fn described(world: &World, id: RdvId) -> Result<Value, Refused> {
    let rdv = world.rdv(id)?;
    let token = rdv.participations.first().map(|part| &part.token);
    Ok(json!({
        "rdv": blueprints::rdv_data(world, rdv),
        "token": token,
        "visio_room": rdv.room(),
        "deliveries": deliveries_of(world, id),
    }))
}

pub(super) fn deliveries_of(world: &World, id: RdvId) -> Vec<i64> {
    world.deliveries.of_rdv(id).map(|delivery| delivery.id.0).collect()
}

/// `GET /__sandbox/rdvs`: the true state of every rendez-vous, in a few words, and of those deleted.
pub async fn list(State(app): State<App>) -> Json<Value> {
    app.store.read(|world, _| {
        let rdvs: Vec<_> = world.rdvs.values().map(|rdv| in_short(world, rdv)).collect();
        let destroyed: Vec<_> = world
            .destroyed
            .iter()
            .map(|(id, reason)| json!({"id": id, "reason": reason}))
            .collect();
        Json(json!({"rdvs": rdvs, "destroyed": destroyed}))
    })
}

fn in_short(world: &World, rdv: &Rdv) -> Value {
    let people: Vec<_> = rdv
        .participations
        .iter()
        .map(|part| {
            let email = world.users.get(&part.user_id).and_then(|user| user.email.as_deref());
            json!({"user_id": part.user_id, "email": email, "status": part.status.code()})
        })
        .collect();
    json!({
        "id": rdv.id,
        "organisation_id": rdv.organisation_id,
        "motif_id": rdv.motif_id,
        "lieu_id": rdv.lieu_id,
        "agent_ids": rdv.agent_ids,
        "status": rdv.status.code(),
        "starts_at": rdv.starts_at,
        "ends_at": rdv.ends_at,
        "cancelled_at": rdv.cancelled_at,
        "address": world.address_of(rdv),
        "visio_url": world.visio_url(rdv),
        "people": people,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Change {
    starts_at: Option<String>,
    agent_id: Option<AgentId>,
    agent_ids: Option<Vec<AgentId>>,
    user_ids: Option<Vec<UserId>>,
    lieu_id: Option<LieuId>,
    context: Option<String>,
    /// Of `each_participation` and `bare_status`.
    status: Option<Status>,
}

/// `POST /__sandbox/rdvs/{id}/{action}`
pub async fn act(
    State(app): State<App>,
    Path((id, action)): Path<(RdvId, String)>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let change: Change = read(&body)?;
    app.store
        .change(|world, now| {
            let before = described(world, id)?;
            carry_out(world, id, &action, &change, now)?;
            // A deleted one is shown as it was, with the deliveries that say so.
            let mut after = described(world, id).unwrap_or(before);
            after["deliveries"] = json!(deliveries_of(world, id));
            Ok(Json(after))
        })
        .await
}

pub(super) fn carry_out(
    world: &mut World,
    id: RdvId,
    action: &str,
    change: &Change,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let status = match action {
        "cancel" => Status::Excused,
        "revoke" => Status::Revoked,
        "noshow" => Status::Noshow,
        "seen" => Status::Seen,
        "reinstate" => Status::Unknown,
        "destroy" => return Ok(lifecycle::destroy(world, id, None, now)?),
        "rgpd" => return Ok(lifecycle::destroy(world, id, Some(Reason::Rgpd), now)?),
        "reschedule" => {
            change.starts_at.as_ref().ok_or_else(|| unreadable(WHEN))?;
            return edit(world, id, change, now);
        }
        "edit" => return edit(world, id, change, now),
        "each_participation" => {
            return Ok(lifecycle::set_each_participation(world, id, wanted_status(change)?, now)?);
        }
        "bare_status" => {
            return Ok(lifecycle::set_bare_status(world, id, wanted_status(change)?, now)?);
        }
        _ => return Err(Missing.into()),
    };
    Ok(lifecycle::set_status(world, id, status, now)?)
}

const WHEN: &str = "starts_at: a date and time is expected";

fn wanted_status(change: &Change) -> Result<Status, Refused> {
    change.status.ok_or_else(|| unreadable("status: a status is expected"))
}

/// The agents' form.
fn edit(world: &mut World, id: RdvId, change: &Change, now: DateTime<Utc>) -> Result<(), Refused> {
    let zone = world.organisation(world.rdv(id)?.organisation_id)?.time_zone;
    let starts_at = change
        .starts_at
        .as_deref()
        .map(|text| dates::parse(text, zone).ok_or_else(|| unreadable(WHEN)))
        .transpose()?;
    let agent_ids = change.agent_ids.clone().or(change.agent_id.map(|id| vec![id]));
    let edit = Edit {
        starts_at,
        agent_ids,
        user_ids: change.user_ids.clone(),
        lieu_id: change.lieu_id,
        context: change.context.clone(),
    };
    Ok(edit_by_agent(world, id, edit, now)?)
}
