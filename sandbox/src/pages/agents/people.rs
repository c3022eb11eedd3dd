//! The people's files, as agents see them: two files become one, a file is emptied.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use crate::model::{User, UserId};
use crate::rules::people;
use crate::state::world::World;
use crate::text::french::fr;
use crate::web::App;
use crate::web::error::Problem;
use crate::web::extract::{Fields, Parameters, optional_id};
use crate::web::layout::{self, Field};
use crate::web::links::see_other;
use crate::web::visitor::{Flash, Visitor};

const PAGE: &str = "/agents/usagers";
const SHOWN: usize = 200;

/// `GET /agents/usagers`
pub async fn list(State(app): State<App>, visitor: Visitor) -> Response {
    let body = app.store.read(|world, _| content(world, &Merge::default(), None));
    layout::page(&visitor, "Usagers", body)
}

fn content(world: &World, merge: &Merge, error: Option<&str>) -> Markup {
    let count = world.users.len();
    html! {
        h1 { "Usagers" }
        (merge_form(merge, error))
        h2 { "Fiches" }
        @if count == 0 { p { "Aucun usager." } }
        @else {
            @if count > SHOWN { p.hint { "Les " (SHOWN) " dernières, sur " (count) "." } }
            div.scroll tabindex="0" role="region" aria-label="Fiches" {
                table {
                    thead { tr {
                        th scope="col" { "N°" } th scope="col" { "Nom" } th scope="col" { "Adresse e-mail" }
                        th scope="col" { "Rendez-vous" } th scope="col" { "Action" }
                    } }
                    tbody { @for user in world.users.values().rev().take(SHOWN) { (row(world, user)) } }
                }
            }
        }
    }
}

fn row(world: &World, user: &User) -> Markup {
    let of_theirs = world
        .rdvs
        .values()
        .filter(|rdv| rdv.participations.iter().any(|part| part.user_id == user.id));
    html! {
        tr id={ "usager-" (user.id) } {
            td { (user.id) }
            td { (user.full_name()) @if user.responsible_id.is_some() { " (proche)" } }
            td { (user.email.as_deref().unwrap_or("aucune")) }
            td { @for rdv in of_theirs { a href={ "/agents/rdvs/" (rdv.id) } { (rdv.id) } " " } }
            td { form method="post" action={ (PAGE) "/" (user.id) "/anonymiser" } {
                button.plain type="submit" { "Anonymiser" span.unseen { " la fiche " (user.id) } }
            } }
        }
    }
}

fn merge_form(merge: &Merge, error: Option<&str>) -> Markup {
    let typed = |id: Option<UserId>| id.map(|id| id.to_string()).unwrap_or_default();
    let (from, into) = (typed(merge.from), typed(merge.into));
    let field = |id, label, value, error| Field {
        id,
        name: id,
        label,
        kind: "number",
        autocomplete: "off",
        value,
        hint: None,
        required: true,
        error,
    };
    html! {
        h2 { "Fusionner deux fiches" }
        p { (fr("La première disparaît ; ses rendez-vous passent à la seconde, et l’application l’apprend.")) }
        form method="post" action={ (PAGE) "/fusionner" } novalidate {
            (field("from", "Numéro de la fiche qui disparaît", &from, error).show())
            (field("into", "Numéro de la fiche qui reste", &into, None).show())
            button type="submit" { "Fusionner" }
        }
    }
}

/// Which file goes into which.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Merge {
    #[serde(deserialize_with = "optional_id")]
    from: Option<UserId>,
    #[serde(deserialize_with = "optional_id")]
    into: Option<UserId>,
}

/// `POST /agents/usagers/fusionner`
pub async fn merge(
    State(app): State<App>,
    visitor: Visitor,
    Fields(form): Fields<Merge>,
) -> Response {
    let merged = app
        .store
        .change(|world, now| {
            let (from, into) = form.from.zip(form.into)?;
            people::merge_users(world, from, into, now).ok()
        })
        .await;
    if merged.is_some() {
        return Flash::Saved.on(see_other(PAGE));
    }
    let error = "Saisissez les numéros de deux fiches différentes qui existent";
    let body = app.store.read(|world, _| content(world, &form, Some(error)));
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    layout::page_with_status(status, &visitor, "Erreur : usagers", body)
}

/// `POST /agents/usagers/{id}/anonymiser`
pub async fn anonymise(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<UserId>,
) -> Response {
    match app.store.change(|world, _| people::anonymise(world, id)).await {
        Ok(()) => Flash::Saved.on(see_other(PAGE)),
        Err(missing) => Problem::from(missing).page(&visitor),
    }
}
