//! People, their files in organisations, and the secret of their invitation links.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::caller::Caller;
use super::errors::{ApiError, Mistake};
use super::page;
use super::params::Params;
use crate::model::{OrganisationId, User, UserId};
use crate::rules::booking;
use crate::rules::rights;
use crate::state::world::World;
use crate::text::contact;
use crate::web::App;
use crate::webhooks::blueprints;

const INVITATION_TOKEN_LENGTH: usize = 8;

fn shown(world: &World, id: UserId) -> Result<Json<Value>, ApiError> {
    let user = world.users.get(&id).ok_or(ApiError::NotFound("user"))?;
    Ok(Json(json!({"user": blueprints::user_data(world, user)})))
}

fn seen<'a>(world: &'a World, caller: &Caller, id: UserId) -> Result<&'a User, ApiError> {
    let user = world.users.get(&id).ok_or(ApiError::NotFound("user"))?;
    if rights::sees_user(world, &caller.0, user) { Ok(user) } else { Err(ApiError::Forbidden) }
}

/// `GET /api/v1/users?ids[]=`
pub async fn list(State(app): State<App>, caller: Caller, params: Params) -> Json<Value> {
    let ids = params.numbers("ids");
    app.store.read(|world, _| {
        let users: Vec<_> = world
            .users
            .values()
            .filter(|user| ids.is_empty() || ids.contains(&user.id.0))
            .filter(|user| rights::sees_user(world, &caller.0, user))
            .collect();
        page::of("users", &users, &params, |user| blueprints::user_data(world, user))
    })
}

/// `GET /api/v1/organisations/{id}/users`
pub async fn of_organisation(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OrganisationId>,
    params: Params,
) -> Result<Json<Value>, ApiError> {
    app.store.read(|world, _| {
        caller.organisation(world, id)?;
        let users: Vec<_> =
            world.users.values().filter(|user| user.organisation_ids.contains(&id)).collect();
        Ok(page::of("users", &users, &params, |user| blueprints::user_data(world, user)))
    })
}

/// `GET /api/v1/organisations/{id}/users/{user_id}`
pub async fn one_of_organisation(
    State(app): State<App>,
    caller: Caller,
    Path((id, user_id)): Path<(OrganisationId, UserId)>,
) -> Result<Json<Value>, ApiError> {
    app.store.read(|world, _| {
        caller.organisation(world, id)?;
        let user = world.users.get(&user_id);
        user.filter(|user| user.organisation_ids.contains(&id))
            .ok_or(ApiError::NotFound("user"))?;
        shown(world, user_id)
    })
}

/// `GET /api/v1/users/{id}`
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<UserId>,
) -> Result<Json<Value>, ApiError> {
    app.store.read(|world, _| {
        seen(world, &caller, id)?;
        shown(world, id)
    })
}

/// `POST /api/v1/users`
pub async fn create(
    State(app): State<App>,
    caller: Caller,
    params: Params,
) -> Result<Json<Value>, ApiError> {
    let organisations: Vec<_> =
        params.numbers("organisation_ids").into_iter().map(OrganisationId).collect();
    if organisations.is_empty() {
        return Err(ApiError::MissingParameter("organisation_ids"));
    }
    app.store
        .change(|world, now| {
            for id in &organisations {
                caller.organisation(world, *id)?;
            }
            let blank = booking::blank_file(UserId(0), None, now);
            let user = filled(world, &caller, blank, &params)?;
            let id = booking::open_file(world, user.responsible_id, now);
            world.users.insert(id, User { id, ..user });
            for organisation_id in organisations {
                booking::join(world, id, organisation_id);
            }
            shown(world, id)
        })
        .await
}

/// `PATCH /api/v1/users/{id}`: what is left out stays.
pub async fn update(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<UserId>,
    params: Params,
) -> Result<Json<Value>, ApiError> {
    app.store
        .change(|world, _| {
            let user = seen(world, &caller, id)?.clone();
            let added: Vec<_> =
                params.numbers("organisation_ids").into_iter().map(OrganisationId).collect();
            for organisation_id in &added {
                caller.organisation(world, *organisation_id)?;
            }
            let user = filled(world, &caller, user, &params)?;
            world.users.insert(id, user);
            for organisation_id in added {
                booking::join(world, id, organisation_id);
            }
            shown(world, id)
        })
        .await
}

/// The file with what the request says written in, when it holds together.
fn filled(
    world: &World,
    caller: &Caller,
    mut user: User,
    params: &Params,
) -> Result<User, ApiError> {
    let mut mistakes = Vec::new();
    fill_identity(&mut user, params);
    fill_details(&mut user, params, &mut mistakes);
    if params.has("email") {
        user.email = read_email(world, &user, params, &mut mistakes);
    }
    if let Some(responsible) = params.number("responsible_id").map(UserId) {
        seen(world, caller, responsible)?;
        user.responsible_id = Some(responsible);
    }
    if user.last_name.is_empty() {
        mistakes.push(Mistake::blank("last_name"));
    }
    if user.first_name.is_empty() {
        mistakes.push(Mistake::blank("first_name"));
    }
    if mistakes.is_empty() { Ok(user) } else { Err(ApiError::Invalid(mistakes)) }
}

fn fill_identity(user: &mut User, params: &Params) {
    for (name, field) in [("first_name", &mut user.first_name), ("last_name", &mut user.last_name)]
    {
        if params.has(name) {
            *field = params.text(name).unwrap_or_default();
        }
    }
    for (name, field) in [
        ("phone_number", &mut user.phone_number),
        ("address", &mut user.address),
        ("birth_name", &mut user.details.birth_name),
        ("affiliation_number", &mut user.details.affiliation_number),
        ("family_situation", &mut user.details.family_situation),
    ] {
        if params.has(name) {
            *field = params.text(name);
        }
    }
}

fn fill_details(user: &mut User, params: &Params, mistakes: &mut Vec<Mistake>) {
    let details = &mut user.details;
    if let Some(birth) = params.text("birth_date") {
        match birth.parse() {
            Ok(day) => details.birth_date = Some(day),
            Err(_) => mistakes.push(Mistake::new("birth_date", "invalid", "n’est pas valide")),
        }
    }
    if let Some(fund) = params.text("caisse_affiliation") {
        if ["aucune", "caf", "msa"].contains(&fund.as_str()) {
            details.caisse_affiliation = Some(fund);
        } else {
            let sentence = "n’est pas inclus(e) dans la liste";
            mistakes.push(Mistake::new("caisse_affiliation", "inclusion", sentence));
        }
    }
    if params.has("number_of_children") {
        details.number_of_children = params.number("number_of_children");
    }
    details.notify_by_sms = params.flag("notify_by_sms").unwrap_or(details.notify_by_sms);
    details.notify_by_email = params.flag("notify_by_email").unwrap_or(details.notify_by_email);
}

fn read_email(
    world: &World,
    user: &User,
    params: &Params,
    mistakes: &mut Vec<Mistake>,
) -> Option<String> {
    let typed = params.text("email")?;
    let Some(email) = contact::normalise_email(&typed) else {
        mistakes.push(Mistake::new("email", "invalid", "n’est pas valide"));
        return None;
    };
    let other = world
        .users
        .values()
        .find(|other| other.id != user.id && other.email.as_ref() == Some(&email));
    if let Some(other) = other {
        mistakes.push(Mistake::taken("email", other.id.0));
    }
    Some(email)
}

/// `POST /api/v1/users/{id}/rdv_invitation_token`: the same secret each time.
pub async fn invitation_token(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<UserId>,
) -> Result<Json<Value>, ApiError> {
    app.store
        .change(|world, _| {
            let known = seen(world, &caller, id)?.invitation_token.clone();
            let token = known.unwrap_or_else(|| world.draws.token(INVITATION_TOKEN_LENGTH));
            if let Some(user) = world.users.get_mut(&id) {
                user.invitation_token = Some(token.clone());
            }
            Ok(Json(json!({"invitation_token": token})))
        })
        .await
}

/// `POST /api/v1/user_profiles {"user_id", "organisation_id"}`: opens a file on a person known elsewhere.
pub async fn create_profile(
    State(app): State<App>,
    caller: Caller,
    params: Params,
) -> Result<Json<Value>, ApiError> {
    let organisation_id =
        params.number("organisation_id").ok_or(ApiError::MissingParameter("organisation_id"))?;
    let user_id = params.number("user_id").ok_or(ApiError::MissingParameter("user_id"))?;
    let (organisation_id, user_id) = (OrganisationId(organisation_id), UserId(user_id));
    app.store
        .change(|world, _| {
            caller.organisation(world, organisation_id)?;
            let user = world.users.get(&user_id).ok_or(ApiError::NotFound("user"))?;
            if user.organisation_ids.contains(&organisation_id) {
                let known = Mistake::new("user", "taken", "est déjà dans cette organisation");
                return Err(ApiError::Invalid(vec![known]));
            }
            booking::join(world, user_id, organisation_id);
            let user = world.users.get(&user_id).map(|user| blueprints::user_data(world, user));
            let organisation = world.organisation(organisation_id)?;
            let organisation = blueprints::organisation_data(world, organisation);
            Ok(Json(json!({"user_profile": {"user": user, "organisation": organisation}})))
        })
        .await
}
