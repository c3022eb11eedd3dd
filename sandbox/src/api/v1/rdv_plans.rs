//! Plans: another application sends an agent here to give somebody a rendez-vous.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use url::Url;

use super::caller::Caller;
use super::errors::{ApiError, Mistake};
use super::params::Params;
use crate::config::http_url;
use crate::model::{Rdv, RdvPlan, RdvPlanId, UserId};
use crate::rules::booking::{self, Identity};
use crate::rules::rights;
use crate::state::world::{World, take};
use crate::text::contact;
use crate::text::dates::{self, PARIS};
use crate::web::App;

/// `POST /api/v1/rdv_plans`
pub async fn create(
    State(app): State<App>,
    caller: Caller,
    params: Params,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let user = params.object("user").ok_or(ApiError::MissingParameter("user"))?;
    let mut mistakes = Vec::new();
    let hosts = &app.config.oauth.redirect_uris;
    let return_url = checked_url(&params, "return_url", Some(hosts), &mut mistakes);
    let dossier_url = checked_url(&params, "dossier_url", None, &mut mistakes);
    app.store
        .change(|world, now| {
            let person = Person::read(world, &caller, &user, &mut mistakes)?;
            if !mistakes.is_empty() {
                return Err(ApiError::Invalid(mistakes));
            }
            let id = RdvPlanId(take(&mut world.next.rdv_plan));
            let plan = RdvPlan {
                id,
                agent_id: caller.0.id,
                user_id: person.write(world, now),
                return_url,
                dossier_url,
                rdv_id: None,
                created_at: now,
                updated_at: now,
            };
            let shown = plan_data(world, &plan);
            world.rdv_plans.insert(id, plan);
            Ok((StatusCode::CREATED, Json(json!({"rdv_plan": shown}))))
        })
        .await
}

/// An http(s) address; with `hosts`, on the host of one of them.
fn checked_url(
    params: &Params,
    name: &'static str,
    hosts: Option<&Vec<Url>>,
    mistakes: &mut Vec<Mistake>,
) -> Option<String> {
    let text = params.text(name)?;
    let Some(url) = http_url(&text) else {
        mistakes.push(Mistake::new(name, "invalid", "n’est pas valide"));
        return None;
    };
    if hosts.is_some_and(|hosts| !hosts.iter().any(|known| known.host() == url.host())) {
        let sentence = "doit avoir le même nom de domaine que l’application";
        mistakes.push(Mistake::new(name, "invalid", sentence));
    }
    Some(text)
}

/// For whom the plan is: somebody known by number or by e-mail, or somebody new.
struct Person {
    known: Option<UserId>,
    identity: Identity,
}

impl Person {
    fn read(
        world: &World,
        caller: &Caller,
        user: &Params,
        mistakes: &mut Vec<Mistake>,
    ) -> Result<Self, ApiError> {
        for name in ["first_name", "last_name"] {
            if user.text(name).is_none() {
                mistakes.push(Mistake::blank(name));
            }
        }
        let typed = user.text("email");
        let email = typed.as_deref().and_then(contact::normalise_email);
        if typed.is_some() && email.is_none() {
            mistakes.push(Mistake::new("email", "invalid", "n’est pas valide"));
        }
        let known = user.number("id").map(UserId);
        if let Some(id) = known {
            world.users.get(&id).ok_or(ApiError::NotFound("user"))?;
            if !rights::may_plan_for(world, &caller.0, id) {
                return Err(ApiError::Forbidden);
            }
        }
        let identity = Identity {
            email,
            first_name: user.text("first_name").unwrap_or_default(),
            last_name: user.text("last_name").unwrap_or_default(),
            phone_number: user.text("phone_number"),
            address: user.text("address"),
        };
        Ok(Self { known, identity })
    }

    /// Somebody known keeps their file as it is.
    fn write(self, world: &mut World, now: DateTime<Utc>) -> UserId {
        let by_email = || {
            let email = self.identity.email.as_ref()?;
            world.users.values().find(|user| user.email.as_ref() == Some(email)).map(|user| user.id)
        };
        match self.known.or_else(by_email) {
            Some(id) => id,
            None => booking::remember_person(world, &self.identity, now),
        }
    }
}

/// `GET /api/v1/rdv_plans/{id}`: for the agent who plans, nobody else.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<RdvPlanId>,
) -> Result<Json<Value>, ApiError> {
    app.store.read(|world, _| {
        let plan = world.rdv_plans.get(&id).ok_or(ApiError::NotFound("rdv_plan"))?;
        if plan.agent_id != caller.0.id {
            return Err(ApiError::Forbidden);
        }
        Ok(Json(json!({"rdv_plan": plan_data(world, plan)})))
    })
}

fn plan_data(world: &World, plan: &RdvPlan) -> Value {
    let rdv = plan.rdv_id.and_then(|id| world.rdvs.get(&id));
    json!({
        "id": plan.id,
        "created_at": dates::ruby(plan.created_at, PARIS),
        "rdv": rdv.map(|rdv| rdv_data(world, rdv)),
        "updated_at": dates::ruby(plan.updated_at, PARIS),
        "url": format!("{}/agents/rdv_plans/{}", world.settings.url, plan.id),
        "user_id": plan.user_id,
    })
}

fn rdv_data(world: &World, rdv: &Rdv) -> Value {
    let zone = world.organisations.get(&rdv.organisation_id).map_or(PARIS, |o| o.time_zone);
    json!({
        "id": rdv.id,
        "status": rdv.status.code(),
        "starts_at": dates::iso8601(rdv.starts_at, zone),
        "location_type": world.motifs.get(&rdv.motif_id).map(|motif| motif.location_type),
    })
}
