//! Signing in and out. There is no password here: an e-mail address is enough.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use crate::model::Session;
use crate::text::contact;
use crate::text::french::fr;
use crate::web::App;
use crate::web::extract::{Fields, Search};
use crate::web::layout::{self, Field};
use crate::web::links::{own_page_or_list, see_other};
use crate::web::visitor::{self, Flash, Visitor};

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignIn {
    email: String,
    return_to: Option<String>,
}

/// `GET /users/sign_in`
pub async fn show(visitor: Visitor, Search(asked): Search<SignIn>) -> Response {
    layout::page(&visitor, "Connexion", form(&asked, None))
}

fn form(asked: &SignIn, error: Option<&str>) -> Markup {
    let email = Field {
        id: "email",
        name: "email",
        label: "Adresse e-mail",
        kind: "email",
        autocomplete: "email",
        value: &asked.email,
        hint: Some(
            "Celle que vous avez donnée en prenant rendez-vous. Aucun mot de passe n’est demandé ici.",
        ),
        required: true,
        error,
    };
    html! {
        h1 { "Connexion" }
        form method="post" action="/users/sign_in" novalidate {
            @if let Some(to) = &asked.return_to { input type="hidden" name="return_to" value=(to); }
            (email.show())
            button type="submit" { "Se connecter" }
        }
    }
}

/// `POST /users/sign_in`
pub async fn submit(
    State(app): State<App>,
    visitor: Visitor,
    Fields(asked): Fields<SignIn>,
) -> Response {
    let email = contact::normalise_email(&asked.email);
    let known = app.store.read(|world, _| {
        let user = world.users.values().find(|user| email.is_some() && user.email == email)?;
        Some(user.id)
    });
    let Some(user_id) = known else {
        let error = fr("Aucun rendez-vous n’a été pris avec cette adresse");
        let body = form(&asked, Some(&error));
        return layout::page_with_status(
            StatusCode::UNPROCESSABLE_ENTITY,
            &visitor,
            "Erreur : connexion",
            body,
        );
    };
    let session = Session { user_id, only_rdv: None, expires_at: None };
    let next = see_other(own_page_or_list(asked.return_to.as_deref()));
    visitor::sign_in(&app, session, next).await
}

/// `POST /users/sign_out`
pub async fn leave(State(app): State<App>, visitor: Visitor) -> Response {
    if let Some(token) = visitor.session() {
        app.store.change(|world, _| world.sessions.remove(token)).await;
    }
    visitor::forget_session(Flash::SignedOut.on(see_other("/")))
}
