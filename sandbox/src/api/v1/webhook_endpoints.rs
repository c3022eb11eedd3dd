//! Where an organisation's events go. Only administrators of its territory may look and write; each write
//! sends `created` again for every rendez-vous of the organisation, whatever `trigger` says.

use axum::Json;
use axum::extract::{Path, State};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::caller::Caller;
use super::errors::{ApiError, Mistake};
use super::page;
use super::params::Params;
use crate::config::http_url;
use crate::model::{EndpointId, OrganisationId, WebhookEndpoint, usual_subscriptions};
use crate::state::world::{World, take};
use crate::web::App;
use crate::webhooks::{self, blueprints};

const SUBSCRIPTIONS: [&str; 11] = [
    "rdv",
    "absence",
    "plage_ouverture",
    "user",
    "user_profile",
    "organisation",
    "motif",
    "lieu",
    "agent",
    "agent_role",
    "referent_assignation",
];

/// `GET /api/v1/organisations/{id}/webhook_endpoints?target_url=`
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OrganisationId>,
    params: Params,
) -> Result<Json<Value>, ApiError> {
    let url = params.text("target_url");
    app.store.read(|world, _| {
        caller.territory_of(world, id)?;
        let endpoints: Vec<_> = world
            .endpoints
            .values()
            .filter(|endpoint| endpoint.organisation_id == id)
            .filter(|endpoint| url.as_ref().is_none_or(|url| &endpoint.target_url == url))
            .collect();
        Ok(page::of("webhook_endpoints", &endpoints, &params, |e| blueprints::endpoint_data(e)))
    })
}

/// `POST /api/v1/organisations/{id}/webhook_endpoints`
pub async fn create(
    State(app): State<App>,
    caller: Caller,
    Path(organisation_id): Path<OrganisationId>,
    params: Params,
) -> Result<Json<Value>, ApiError> {
    app.store
        .change(|world, now| {
            caller.territory_of(world, organisation_id)?;
            let blank = WebhookEndpoint {
                id: EndpointId(0),
                organisation_id,
                target_url: String::new(),
                secret: String::new(),
                subscriptions: usual_subscriptions(),
                from_configuration: false,
            };
            let endpoint = filled(world, blank, &params)?;
            let id = EndpointId(take(&mut world.next.endpoint));
            Ok(write(world, WebhookEndpoint { id, ..endpoint }, now))
        })
        .await
}

/// `PATCH /api/v1/organisations/{id}/webhook_endpoints/{endpoint_id}`; `organisation_id` in the body moves it.
pub async fn update(
    State(app): State<App>,
    caller: Caller,
    Path((organisation_id, id)): Path<(OrganisationId, EndpointId)>,
    params: Params,
) -> Result<Json<Value>, ApiError> {
    app.store
        .change(|world, now| {
            caller.territory_of(world, organisation_id)?;
            let known = world
                .endpoints
                .get(&id)
                .filter(|endpoint| endpoint.organisation_id == organisation_id)
                .ok_or(ApiError::NotFound("webhook_endpoint"))?
                .clone();
            let moved = params.number("organisation_id").map(OrganisationId);
            if let Some(to) = moved {
                caller.territory_of(world, to)?;
            }
            let organisation_id = moved.unwrap_or(organisation_id);
            let endpoint = WebhookEndpoint { organisation_id, from_configuration: false, ..known };
            let endpoint = filled(world, endpoint, &params)?;
            Ok(write(world, endpoint, now))
        })
        .await
}

fn filled(
    world: &World,
    mut endpoint: WebhookEndpoint,
    params: &Params,
) -> Result<WebhookEndpoint, ApiError> {
    if params.has("target_url") {
        endpoint.target_url = params.text("target_url").unwrap_or_default();
    }
    if params.has("secret") {
        endpoint.secret = params.text("secret").unwrap_or_default();
    }
    if params.has("subscriptions") {
        endpoint.subscriptions = params.list("subscriptions");
    }
    let mistakes = mistakes(world, &endpoint);
    if mistakes.is_empty() { Ok(endpoint) } else { Err(ApiError::Invalid(mistakes)) }
}

fn mistakes(world: &World, endpoint: &WebhookEndpoint) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let twice = world.endpoints.values().find(|other| {
        other.id != endpoint.id
            && other.organisation_id == endpoint.organisation_id
            && other.target_url == endpoint.target_url
    });
    if endpoint.target_url.is_empty() {
        mistakes.push(Mistake::blank("target_url"));
    } else if http_url(&endpoint.target_url).is_none() {
        mistakes.push(Mistake::new("target_url", "invalid", "n’est pas valide"));
    } else if let Some(other) = twice {
        mistakes.push(Mistake::taken("target_url", other.id.0));
    }
    if endpoint.secret.is_empty() {
        mistakes.push(Mistake::blank("secret"));
    }
    if !endpoint.subscriptions.iter().all(|name| SUBSCRIPTIONS.contains(&name.as_str())) {
        let sentence =
            "la liste des abonnements choisis contient une ou plusieurs valeurs incorrectes";
        mistakes.push(Mistake::new("base", sentence, sentence));
    }
    mistakes
}

fn write(world: &mut World, endpoint: WebhookEndpoint, now: DateTime<Utc>) -> Json<Value> {
    let shown = blueprints::endpoint_data(&endpoint);
    let id = endpoint.id;
    world.endpoints.insert(id, endpoint);
    webhooks::backfill(world, id, now);
    Json(json!({"webhook_endpoint": shown}))
}
