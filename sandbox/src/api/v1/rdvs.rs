//! Rendez-vous and participations.

use axum::Json;
use axum::extract::{Path, State};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::{Value, json};

use super::caller::Caller;
use super::errors::{ApiError, Mistake};
use super::page;
use super::params::Params;
use crate::model::{OrganisationId, ParticipationId, Rdv, RdvId, Status};
use crate::rules::lifecycle;
use crate::rules::rights;
use crate::state::world::World;
use crate::text::dates::{self, PARIS};
use crate::web::App;
use crate::webhooks::blueprints;

/// What no generation of the platform says.
const UNKNOWN_STATUS: &str = "waiting";

/// What a list is narrowed to. A filter that is empty is no filter, as on the platform.
struct Filter {
    organisations: Vec<i64>,
    users: Vec<i64>,
    agents: Vec<i64>,
    ids: Vec<i64>,
    statuses: Vec<String>,
    starts_after: Option<DateTime<Utc>>,
    starts_before: Option<DateTime<Utc>>,
}

impl Filter {
    fn read(params: &Params) -> Result<Self, ApiError> {
        Ok(Self {
            organisations: params.numbers("organisation_id"),
            users: params.numbers("user_id"),
            agents: params.numbers("agent_id"),
            ids: params.numbers("id"),
            statuses: params.list("status"),
            starts_after: moment(params, "starts_after")?,
            starts_before: moment(params, "starts_before")?,
        })
    }

    fn keeps(&self, rdv: &Rdv) -> bool {
        let one_of = |wanted: &[i64], has: &dyn Fn(i64) -> bool| {
            wanted.is_empty() || wanted.iter().any(|id| has(*id))
        };
        one_of(&self.organisations, &|id| rdv.organisation_id.0 == id)
            && one_of(&self.users, &|id| rdv.participations.iter().any(|p| p.user_id.0 == id))
            && one_of(&self.agents, &|id| rdv.agent_ids.iter().any(|agent| agent.0 == id))
            && one_of(&self.ids, &|id| rdv.id.0 == id)
            && (self.statuses.is_empty() || self.statuses.iter().any(|s| s == rdv.status.code()))
            && self.starts_after.is_none_or(|at| rdv.starts_at >= at)
            && self.starts_before.is_none_or(|at| rdv.starts_at <= at)
    }
}

/// A date or a date and time.
fn moment(params: &Params, name: &'static str) -> Result<Option<DateTime<Utc>>, ApiError> {
    let Some(text) = params.text(name) else {
        return Ok(None);
    };
    let midnight = text
        .parse::<NaiveDate>()
        .ok()
        .map(|day| dates::resolve(day.and_time(NaiveTime::MIN), PARIS));
    match midnight.or_else(|| dates::parse(&text, PARIS)) {
        Some(at) => Ok(Some(at)),
        None => Err(ApiError::Unreadable),
    }
}

fn listed(world: &World, caller: &Caller, filter: &Filter, params: &Params) -> Json<Value> {
    let rdvs: Vec<_> = world
        .rdvs
        .values()
        .filter(|rdv| filter.keeps(rdv) && rights::sees_rdv(world, &caller.0, rdv))
        .collect();
    page::of("rdvs", &rdvs, params, |rdv| {
        let mut data = blueprints::rdv_data(world, rdv);
        if world.faults.lists.unknown_status {
            data["status"] = json!(UNKNOWN_STATUS);
        }
        data
    })
}

/// `GET /api/v1/rdvs`
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    params: Params,
) -> Result<Json<Value>, ApiError> {
    let filter = Filter::read(&params)?;
    Ok(app.store.read(|world, _| listed(world, &caller, &filter, &params)))
}

/// `GET /api/v1/organisations/{id}/rdvs`
pub async fn of_organisation(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OrganisationId>,
    params: Params,
) -> Result<Json<Value>, ApiError> {
    let filter = Filter { organisations: vec![id.0], ..Filter::read(&params)? };
    app.store.read(|world, _| {
        caller.organisation(world, id)?;
        if world.faults.lists.left_out {
            return Ok(page::of("rdvs", &[] as &[Rdv], &params, |_| Value::Null));
        }
        Ok(listed(world, &caller, &filter, &params))
    })
}

fn read_status(params: &Params) -> Result<Status, ApiError> {
    let code = params.text("status").ok_or(ApiError::MissingParameter("status"))?;
    Status::ALL.into_iter().find(|status| status.code() == code).ok_or_else(|| {
        ApiError::Invalid(vec![Mistake::new(
            "status",
            "inclusion",
            "n’est pas inclus(e) dans la liste",
        )])
    })
}

/// `PATCH /api/v1/rdvs/{id}/update_status {"status": …}`: unlike the agents' form it leaves
/// `cancelled_at` as it was.
pub async fn update_status(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<RdvId>,
    params: Params,
) -> Result<Json<Value>, ApiError> {
    let change = |world: &mut World, now| {
        let rdv = world.rdvs.get(&id).ok_or(ApiError::NotFound("rdv"))?;
        if !rights::sees_rdv(world, &caller.0, rdv) {
            return Err(ApiError::Forbidden);
        }
        let status = read_status(&params)?;
        lifecycle::set_bare_status(world, id, status, now)?;
        Ok(Json(json!({"status": status.code()})))
    };
    app.store.change(change).await
}

/// `PATCH /api/v1/participations/{id} {"participation": {"status": …}}`
pub async fn update_participation(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ParticipationId>,
    params: Params,
) -> Result<Json<Value>, ApiError> {
    let wanted =
        params.object("participation").ok_or(ApiError::MissingParameter("participation"))?;
    let change = |world: &mut World, now| {
        let rdv = rdv_of(world, id).ok_or(ApiError::NotFound("participation"))?;
        if !rights::sees_rdv(world, &caller.0, rdv) {
            return Err(ApiError::Forbidden);
        }
        let rdv_id = rdv.id;
        lifecycle::set_participation_status(world, rdv_id, id, read_status(&wanted)?, now)?;
        Ok(Json(json!({"rdv": blueprints::rdv_data(world, world.rdv(rdv_id)?)})))
    };
    app.store.change(change).await
}

fn rdv_of(world: &World, id: ParticipationId) -> Option<&Rdv> {
    world.rdvs.values().find(|rdv| rdv.participations.iter().any(|part| part.id == id))
}
