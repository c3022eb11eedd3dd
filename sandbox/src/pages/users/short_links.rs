//! The short links of mails and text messages: `/r/296828/22LRN3ZR`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::TimeDelta;
use maud::{Markup, html};
use serde::Deserialize;

use crate::model::{RdvId, Session, UserId};
use crate::pages::answer;
use crate::text::contact;
use crate::text::french::fr;
use crate::web::App;
use crate::web::extract::{Fields, Parameters, id};
use crate::web::layout::{self, Field};
use crate::web::links::{found, link, see_other};
use crate::web::visitor::{self, Flash, Visitor};

const SESSION_LENGTH: TimeDelta = TimeDelta::minutes(10);

/// `GET /r`
pub async fn list() -> Response {
    found("/users/rdvs")
}

/// `GET /r/{id}`: the older form, without secret.
pub async fn without_token(Parameters(id): Parameters<RdvId>) -> Response {
    found(&format!("/users/rdvs/{id}"))
}

/// `GET /r/{id}/cr`
pub async fn creneaux(Parameters(id): Parameters<RdvId>) -> Response {
    found(&format!("/users/rdvs/{id}/creneaux"))
}

/// `GET /r/{id}/{token}`
pub async fn with_token(Parameters((id, token)): Parameters<(RdvId, String)>) -> Response {
    let path = format!("/users/rdvs/{id}");
    found(&link(&path, &[("invitation_token", Some(token))]))
}

/// The person of a rendez-vous whose token this is.
fn owner(app: &App, id: RdvId, token: &str) -> Option<UserId> {
    app.store.read(|world, now| {
        let part = world.rdvs.get(&id)?.participation_by_token(token, now)?;
        Some(part.user_id)
    })
}

/// What to answer to somebody who comes with a token; nothing when they are signed in already.
pub fn enter(app: &App, visitor: &Visitor, id: RdvId, token: &str) -> Option<Response> {
    let Some(owner) = owner(app, id, token) else {
        let to = format!("/users/rdvs/{id}");
        return Some(Flash::LinkExpired.on(found(&to)));
    };
    let known = visitor.user.as_ref().is_some_and(|user| {
        let responsible = app.store.read(|world, _| world.users.get(&owner)?.responsible_id);
        user.id == owner || responsible == Some(user.id)
    });
    (!known).then(|| layout::page(visitor, "Vérification", form(id, token, None)))
}

fn form(id: RdvId, token: &str, error: Option<&str>) -> Markup {
    let field = Field {
        id: "initials",
        name: "initials",
        label: "Les trois premières lettres de votre nom de famille",
        kind: "text",
        autocomplete: "off",
        value: "",
        hint: Some("Nous vérifions ainsi que ce lien est bien le vôtre."),
        required: true,
        error,
    };
    html! {
        h1 { "Vérification" }
        form method="post" action="/users/user_name_initials" novalidate {
            input type="hidden" name="rdv_id" value=(id);
            input type="hidden" name="invitation_token" value=(token);
            (field.show())
            button type="submit" { "Continuer" }
        }
    }
}

/// What the check sends.
#[derive(Debug, Deserialize)]
pub struct Check {
    #[serde(deserialize_with = "id")]
    rdv_id: RdvId,
    invitation_token: String,
    #[serde(default)]
    initials: String,
}

/// `POST /users/user_name_initials`: opens this rendez-vous, and only it, for ten minutes.
pub async fn check_initials(
    State(app): State<App>,
    visitor: Visitor,
    Fields(check): Fields<Check>,
) -> Response {
    let page = format!("/users/rdvs/{}", check.rdv_id);
    let Some(user_id) = owner(&app, check.rdv_id, &check.invitation_token) else {
        return Flash::LinkExpired.on(see_other(&page));
    };
    let found = app.store.read(|world, now| {
        let expected = contact::initials(&world.user(user_id)?.last_name);
        Ok((expected == contact::initials(&check.initials), now))
    });
    let (right, now) = match found {
        Ok(found) => found,
        Err(problem) => return answer(&visitor, Err(problem)),
    };
    if !right {
        let error = fr("Ces lettres ne correspondent pas au nom donné pour ce rendez-vous");
        let body = form(check.rdv_id, &check.invitation_token, Some(&error));
        return layout::page_with_status(
            StatusCode::UNPROCESSABLE_ENTITY,
            &visitor,
            "Erreur : vérification",
            body,
        );
    }
    let session =
        Session { user_id, only_rdv: Some(check.rdv_id), expires_at: Some(now + SESSION_LENGTH) };
    visitor::sign_in(&app, session, see_other(&page)).await
}
