//! A dossier as its usager sees it: its messagerie.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::layout::{Notice, done, not_found, page, with_links};
use super::{Said, date};
use crate::demarches_simplifiees::http::App;
use crate::demarches_simplifiees::model::{Dossier, Message};
use crate::demarches_simplifiees::world::rules::PLATFORM;
use crate::text::french::fr;

/// `GET /dossiers/{number}`
pub async fn leads_there(Path(number): Path<i64>) -> Response {
    Redirect::to(&format!("/dossiers/{number}/messagerie")).into_response()
}

/// `GET /dossiers/{number}/messagerie`
pub async fn show(
    State(app): State<App>,
    Path(number): Path<i64>,
    Query(said): Query<Said>,
) -> Response {
    shown(&app, number, "", &Notice::of(said.dit.as_deref()))
}

fn shown(app: &App, number: i64, typed: &str, notice: &Notice) -> Response {
    let found = app.store.read(|world| {
        let dossier = world.dossier(number)?;
        Some((dossier.clone(), world.demarche(dossier.demarche)?.title.clone()))
    });
    let Some((dossier, title)) = found else { return not_found() };
    let body = html! {
        p.step { (title) }
        h1 { "Dossier n° " (number) }
        p { span.status { (dossier.state.label()) } " " (fr("déposé le ")) (date(dossier.depose_at)) }
        h2 { "Messagerie" }
        (messages(&dossier))
        @if dossier.takes_messages() {
            form method="post" {
                div.field {
                    label for="body" { "Votre message" }
                    textarea id="body" name="body" rows="5" required { (typed) }
                }
                button type="submit" { "Envoyer le message" }
            }
        } @else {
            p.hint { "La messagerie de ce dossier est fermée." }
        }
        p { a href={ "/procedures/" (dossier.demarche) "/dossiers/" (number) } { "Voir ce dossier comme instructeur" } }
    };
    page(&format!("Messagerie du dossier n° {number}"), notice, &body)
}

/// The messages, the oldest first.
pub fn messages(dossier: &Dossier) -> Markup {
    html! {
        @if dossier.messages.is_empty() { p.hint { "Aucun message." } }
        ol.messages {
            @for message in &dossier.messages { li id={ "message-" (message.id) } { (one(dossier, message)) } }
        }
    }
}

fn one(dossier: &Dossier, message: &Message) -> Markup {
    let author = if message.instructeur.is_some() {
        "Instructeur"
    } else if message.email == PLATFORM {
        "Message automatique"
    } else if dossier.usager.is(&message.email) {
        "Usager"
    } else {
        "Invité"
    };
    html! {
        p.who { strong { (author) } " " (message.email) " – " (date(message.created_at)) }
        @if message.discarded_at.is_some() {
            p.hint { "(Message supprimé)" }
        } @else {
            p.body { (with_links(&message.body)) }
        }
        @if message.correction.is_some() {
            p { span.status.noshow { (if message.resolved_at.is_some() { "Corrigé" } else { "À corriger" }) } }
        }
    }
}

/// What the usager writes.
#[derive(Debug, Deserialize)]
pub struct Written {
    body: String,
}

/// `POST /dossiers/{number}/messagerie`
pub async fn write(
    State(app): State<App>,
    Path(number): Path<i64>,
    Form(Written { body }): Form<Written>,
) -> Response {
    if app.store.read(|world| world.dossier(number).is_none()) {
        return not_found();
    }
    match app.store.change(|world, now| world.usager_writes(number, None, &body, now)) {
        Ok(_) => done(&format!("/dossiers/{number}/messagerie"), ""),
        Err(why) => shown(&app, number, &body, &Notice::Refused(why)),
    }
}
