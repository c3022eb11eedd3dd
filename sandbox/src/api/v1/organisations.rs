//! Agents, organisations and what they offer.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::caller::Caller;
use super::errors::ApiError;
use super::page;
use super::params::Params;
use crate::model::OrganisationId;
use crate::rules::rights;
use crate::web::App;
use crate::webhooks::blueprints;

/// `GET /api/v1/agents/me`
pub async fn me(caller: Caller) -> Json<Value> {
    Json(json!({"agent": blueprints::agent_data(&caller.0)}))
}

/// `GET /api/v1/agents?organisation_id=`
pub async fn agents(
    State(app): State<App>,
    caller: Caller,
    params: Params,
) -> Result<Json<Value>, ApiError> {
    app.store.read(|world, _| {
        let wanted = params.number("organisation_id").map(OrganisationId);
        if let Some(id) = wanted {
            caller.organisation(world, id)?;
        }
        let agents: Vec<_> = world
            .agents
            .values()
            .filter(|agent| wanted.is_none_or(|id| rights::works_in(world, agent, id)))
            .filter(|agent| rights::sees_agent(world, &caller.0, agent))
            .collect();
        Ok(page::of("agents", &agents, &params, |agent| blueprints::agent_data(agent)))
    })
}

/// `GET /api/v1/organisations`: the agent's own.
pub async fn list(State(app): State<App>, caller: Caller, params: Params) -> Json<Value> {
    app.store.read(|world, _| {
        let own: Vec<_> = world
            .organisations
            .values()
            .filter(|organisation| rights::works_in(world, &caller.0, organisation.id))
            .collect();
        page::of("organisations", &own, &params, |o| blueprints::organisation_data(world, o))
    })
}

/// `GET /api/v1/organisations/{id}`
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OrganisationId>,
) -> Result<Json<Value>, ApiError> {
    app.store.read(|world, _| {
        let organisation = caller.organisation(world, id)?;
        Ok(Json(json!({"organisation": blueprints::organisation_data(world, organisation)})))
    })
}

/// `GET /api/v1/organisations/{id}/motifs?active=&bookable_publicly=&service_id=`
pub async fn motifs(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OrganisationId>,
    params: Params,
) -> Result<Json<Value>, ApiError> {
    app.store.read(|world, _| {
        caller.organisation(world, id)?;
        let public = params.flag("bookable_publicly");
        let service = params.number("service_id");
        // No motif is ever deleted here: all are active.
        let motifs: Vec<_> = world
            .motifs
            .values()
            .filter(|motif| motif.organisation_id == id && params.flag("active") != Some(false))
            .filter(|motif| public.is_none_or(|public| motif.bookable_publicly() == public))
            .filter(|motif| service.is_none_or(|service| motif.service_id == service))
            .filter(|motif| rights::sees_motif(world, &caller.0, motif))
            .collect();
        Ok(page::of("motifs", &motifs, &params, |motif| blueprints::motif_data(world, motif)))
    })
}
