//! One rendez-vous, as its person sees it: where and when, moving it, cancelling it.

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use maud::{Markup, html};
use serde::Deserialize;

use super::short_links;
use crate::model::{Rdv, RdvId};
use crate::pages::answer;
use crate::pages::summary::Summary;
use crate::pages::week::Week;
use crate::rules::lifecycle::{self, Refusal};
use crate::state::world::World;
use crate::text::dates;
use crate::text::french::{self, fr};
use crate::web::App;
use crate::web::error::Problem;
use crate::web::extract::{Fields, Parameters, Search};
use crate::web::layout;
use crate::web::links::{found, link, see_other};
use crate::web::visitor::{Flash, Visitor};

/// What an address of this page may carry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    invitation_token: Option<String>,
    date: Option<String>,
    starts_at: String,
}

/// Whether the visitor may see it, and if not where they are sent.
fn admit(world: &World, visitor: &Visitor, id: RdvId) -> Result<Result<(), Response>, Problem> {
    let Some(user) = &visitor.user else {
        let to = link("/users/sign_in", &[("return_to", Some(format!("/users/rdvs/{id}")))]);
        return Ok(Err(Flash::SignInFirst.on(found(&to))));
    };
    let rdv = world.rdv(id)?;
    let elsewhere = visitor.only_rdv.is_some_and(|only| only != id);
    if elsewhere || !world.belongs_to(rdv, user.id) {
        return Err(Problem::Forbidden);
    }
    Ok(Ok(()))
}

/// Shows a page about a rendez-vous to those it concerns.
fn with_rdv(
    app: &App,
    visitor: &Visitor,
    id: RdvId,
    show: impl FnOnce(&World, &Rdv, DateTime<Utc>) -> Result<Response, Problem>,
) -> Response {
    let page = app.store.read(|world, now| match admit(world, visitor, id)? {
        Ok(()) => show(world, world.rdv(id)?, now),
        Err(elsewhere) => Ok(elsewhere),
    });
    answer(visitor, page)
}

/// `GET /users/rdvs/{id}`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<RdvId>,
    Search(query): Search<Query>,
) -> Response {
    if let Some(token) = query.invitation_token
        && let Some(response) = short_links::enter(&app, &visitor, id, &token)
    {
        return response;
    }
    with_rdv(&app, &visitor, id, |world, rdv, now| {
        let summary = Summary::of(world, rdv).ok_or(Problem::NotFound)?;
        let body = html! {
            h1 { "Votre rendez-vous" }
            p { span class={ "status " (rdv.status.code()) } { (rdv.status.label()) } }
            (summary.show())
            @if !rdv.status.is_cancelled() { (actions(world, rdv, now)) }
            p { a href="/users/rdvs" { "Tous mes rendez-vous" } }
        };
        Ok(layout::page(&visitor, "Votre rendez-vous", body))
    })
}

fn actions(world: &World, rdv: &Rdv, now: DateTime<Utc>) -> Markup {
    html! {
        div.actions {
            @match lifecycle::may_move(world, rdv, now) {
                Ok(()) => a.button href={ "/users/rdvs/" (rdv.id) "/creneaux" } { "Déplacer" },
                Err(reason) => p.hint { (fr(&reason.to_string())) "." },
            }
            @match lifecycle::may_cancel(world, rdv, now) {
                Ok(()) => a.button.quiet href={ "/users/rdvs/" (rdv.id) "/cancel" } { "Annuler" },
                Err(reason) => p.hint { (fr(&reason.to_string())) "." },
            }
        }
    }
}

/// `GET /users/rdvs/{id}/creneaux`
pub async fn creneaux(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<RdvId>,
    Search(query): Search<Query>,
) -> Response {
    with_rdv(&app, &visitor, id, |world, rdv, now| {
        if let Err(reason) = lifecycle::may_move(world, rdv, now) {
            return Ok(refused(id, reason));
        }
        let zone = world.organisation(rdv.organisation_id)?.time_zone;
        let date = query.date.as_deref().and_then(|date| date.parse::<NaiveDate>().ok());
        let week = Week::find(world, lifecycle::search_for_move(world, rdv, now)?, date)?;
        let path = format!("/users/rdvs/{id}");
        let slot =
            |start| link(&format!("{path}/edit"), &[("starts_at", Some(dates::ruby(start, zone)))]);
        let other = |monday: NaiveDate| {
            link(&format!("{path}/creneaux"), &[("date", Some(monday.to_string()))])
        };
        let body = html! {
            p.chosen { "Rendez-vous actuel : le "
                strong { (french::date_and_hour(rdv.starts_at, zone)) } ". "
                a href=(path) { "Garder ce rendez-vous" } }
            h1 { (fr("Sélectionnez un nouveau créneau :")) }
            (week.show(slot, other))
        };
        Ok(layout::page(&visitor, "Déplacer le rendez-vous", body))
    })
}

/// `GET /users/rdvs/{id}/edit?starts_at=…`
pub async fn confirm_slot(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<RdvId>,
    Search(query): Search<Query>,
) -> Response {
    with_rdv(&app, &visitor, id, |world, rdv, _| {
        let zone = world.organisation(rdv.organisation_id)?.time_zone;
        let start = dates::parse(&query.starts_at, zone).ok_or(Problem::Unreadable)?;
        let body = html! {
            h1 { "Confirmez le nouveau créneau" }
            dl.summary {
                dt { "Actuellement" } dd { "Le " (french::date_and_hour(rdv.starts_at, zone)) }
                dt { "Nouveau créneau" } dd { strong { "Le " (french::date_and_hour(start, zone)) } }
            }
            form method="post" action={ "/users/rdvs/" (id) } {
                input type="hidden" name="_method" value="put";
                input type="hidden" name="starts_at" value=(dates::ruby(start, zone));
                button type="submit" { "Confirmer le nouveau créneau" }
            }
            p { a href={ "/users/rdvs/" (id) "/creneaux" } { "Choisir un autre créneau" } }
            p { a href={ "/users/rdvs/" (id) } { "Garder le rendez-vous actuel" } }
        };
        Ok(layout::page(&visitor, "Confirmez le nouveau créneau", body))
    })
}

/// `PUT /users/rdvs/{id}` with `starts_at`, in the address or in the form.
pub async fn change_slot(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<RdvId>,
    Fields(query): Fields<Query>,
) -> Response {
    let moved = app
        .store
        .change(|world, now| {
            if let Err(elsewhere) = admit(world, &visitor, id)? {
                return Ok(elsewhere);
            }
            let zone = world.organisation(world.rdv(id)?.organisation_id)?.time_zone;
            let start = dates::parse(&query.starts_at, zone).ok_or(Problem::Unreadable)?;
            Ok(match lifecycle::move_by_user(world, id, start, now) {
                Ok(()) => Flash::Moved.on(see_other(&format!("/users/rdvs/{id}"))),
                Err(reason) => refused(id, reason),
            })
        })
        .await;
    answer(&visitor, moved)
}

/// `GET /users/rdvs/{id}/cancel`
pub async fn confirm_cancel(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<RdvId>,
) -> Response {
    with_rdv(&app, &visitor, id, |world, rdv, now| {
        if let Err(reason) = lifecycle::may_cancel(world, rdv, now) {
            return Ok(refused(id, reason));
        }
        let summary = Summary::of(world, rdv).ok_or(Problem::NotFound)?;
        let body = html! {
            h1 { (fr("Annuler ce rendez-vous ?")) }
            (summary.show())
            form method="post" action={ "/users/rdvs/" (id) "/cancel" } {
                input type="hidden" name="_method" value="put";
                button.danger type="submit" { "Confirmer l’annulation" }
            }
            p { a href={ "/users/rdvs/" (id) } { "Garder le rendez-vous" } }
        };
        Ok(layout::page(&visitor, "Annuler le rendez-vous", body))
    })
}

/// `PUT /users/rdvs/{id}/cancel`
pub async fn cancel(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<RdvId>,
) -> Response {
    let cancelled = app
        .store
        .change(|world, now| {
            if let Err(elsewhere) = admit(world, &visitor, id)? {
                return Ok(elsewhere);
            }
            Ok(match lifecycle::cancel_by_user(world, id, now) {
                Ok(()) => Flash::Cancelled.on(see_other(&format!("/users/rdvs/{id}"))),
                Err(reason) => refused(id, reason),
            })
        })
        .await;
    answer(&visitor, cancelled)
}

/// Where one ends when the rules say no: the page of the rendez-vous gives the reason.
fn refused(id: RdvId, reason: Refusal) -> Response {
    let page = format!("/users/rdvs/{id}");
    match reason {
        Refusal::SlotTaken => Flash::SlotTaken.on(see_other(&format!("{page}/creneaux"))),
        _ => Flash::Refused.on(see_other(&page)),
    }
}
