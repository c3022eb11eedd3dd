//! Deliveries: where each stands, what was sent, and sending, losing or doubling it by hand.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::REFERER;
use axum::response::Response;
use chrono::TimeDelta;
use maud::{Markup, html};
use serde::Deserialize;
use url::Url;

use crate::model::{Attempt, Delivery, DeliveryId, DeliveryStatus, Organisation, RdvId, Tamper};
use crate::pages::answer;
use crate::state::clock::wall_clock;
use crate::state::world::{Missing, World};
use crate::text::dates::{self, PARIS};
use crate::text::french::{self, fr};
use crate::web::App;
use crate::web::error::Problem;
use crate::web::extract::{Fields, Parameters, Search, optional_id};
use crate::web::layout;
use crate::web::links::see_other;
use crate::web::visitor::{Flash, Visitor};
use crate::webhooks::{queue, signature};

const SHOWN: usize = 100;
const DELAY_S: i64 = 60;
const LONGEST_DELAY_S: i64 = 86_400;

/// Which deliveries are shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    #[serde(deserialize_with = "optional_id")]
    rdv_id: Option<RdvId>,
    status: Option<String>,
}

impl Filter {
    fn keeps(&self, delivery: &Delivery) -> bool {
        let status = self.status.as_deref().filter(|status| !status.is_empty());
        self.rdv_id.is_none_or(|id| delivery.rdv_id == id)
            && status.is_none_or(|status| delivery.status.code() == status)
    }
}

/// `GET /admin/deliveries`: those of all organisations.
pub async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Search(filter): Search<Filter>,
) -> Response {
    let body = app.store.read(|world, _| {
        html! {
            h1 { "Notifications" }
            p { a href="/admin/perturbations" { "Perturbations" } }
            (filter_form(&filter))
            (rows(world, |delivery| filter.keeps(delivery)))
        }
    });
    layout::page(&visitor, "Notifications", body)
}

fn filter_form(filter: &Filter) -> Markup {
    let asked = filter.status.as_deref().unwrap_or_default();
    html! {
        form.actions method="get" action="/admin/deliveries" {
            div { label for="rdv_id" { "Rendez-vous n°" }
                input id="rdv_id" name="rdv_id" inputmode="numeric"
                    value=(filter.rdv_id.map(|id| id.to_string()).unwrap_or_default()); }
            div { label for="status" { "Statut" }
                select id="status" name="status" {
                    option value="" { "Tous" }
                    @for status in DeliveryStatus::ALL {
                        option value=(status.code()) selected[status.code() == asked] { (status.label()) }
                    }
                } }
            button type="submit" { "Filtrer" }
        }
    }
}

/// The latest deliveries of an organisation.
pub fn table(world: &World, organisation: &Organisation) -> Markup {
    rows(world, |delivery| delivery.organisation_id == organisation.id)
}

fn rows(world: &World, keeps: impl Fn(&Delivery) -> bool) -> Markup {
    let of_it = || world.deliveries.values().rev().filter(|delivery| keeps(delivery));
    let count = of_it().count();
    html! {
        @if world.mode.hold { p.flash.alert { (fr("Les notifications sont retenues : seules partent celles qu’on rejoue.")) } }
        @if count == 0 { p { "Aucune notification pour l’instant." } }
        @else {
            @if count > SHOWN { p.hint { "Les " (SHOWN) " dernières, sur " (count) "." } }
            div.scroll tabindex="0" role="region" aria-label="Notifications" {
                table {
                    thead { tr {
                        th scope="col" { "N°" } th scope="col" { "Événement" } th scope="col" { "Rendez-vous" }
                        th scope="col" { "Statut" } th scope="col" { "Essais" } th scope="col" { "Dernière réponse" }
                        th scope="col" { "Actions" }
                    } }
                    tbody { @for delivery in of_it().take(SHOWN) { (row(delivery)) } }
                }
            }
        }
    }
}

fn row(delivery: &Delivery) -> Markup {
    html! {
        tr id={ "notification-" (delivery.id) } {
            td { a href={ "/admin/deliveries/" (delivery.id) } { (delivery.id) } }
            td { (delivery.event.code()) @if delivery.reason.is_some() { " (rgpd)" } }
            td { a href={ "/agents/rdvs/" (delivery.rdv_id) } { (delivery.rdv_id) } }
            td { (standing(delivery)) }
            td { (delivery.attempts.len()) }
            td { (delivery.attempts.last().map_or_else(String::new, outcome)) }
            td { (actions(delivery)) }
        }
    }
}

fn standing(delivery: &Delivery) -> Markup {
    html! {
        (delivery.status.label())
        @if delivery.status == DeliveryStatus::Pending {
            @if delivery.waits_for.is_some() { " d’un autre événement" }
            @else if let Some(at) = delivery.not_before { " jusqu’à " (french::hour(at, PARIS)) }
        }
        @if let Some(tamper) = delivery.tampered { br; span.hint { (tamper.label()) } }
    }
}

fn outcome(attempt: &Attempt) -> String {
    match (&attempt.status, &attempt.error) {
        (Some(status), _) => format!("{status} en {} ms", attempt.duration_ms),
        (None, Some(error)) => error.clone(),
        (None, None) => "aucune".to_owned(),
    }
}

fn actions(delivery: &Delivery) -> Markup {
    let about = format!(" la notification {}", delivery.id);
    html! {
        div.inline {
            @for (action, label) in [("replay", "Rejouer"), ("duplicate", "Doubler"), ("drop", "Perdre")] {
                form method="post" action={ "/admin/deliveries/" (delivery.id) "/" (action) } {
                    button.plain type="submit" { (label) span.unseen { (about) } }
                }
            }
            form method="post" action={ "/admin/deliveries/" (delivery.id) "/delay" } {
                input type="hidden" name="seconds" value=(DELAY_S);
                button.plain type="submit" { "Retarder d’une minute" span.unseen { (about) } }
            }
        }
    }
}

/// `GET /admin/deliveries/{id}`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<DeliveryId>,
) -> Response {
    let page = app.store.read(|world, _| {
        let delivery = world.deliveries.get(&id).ok_or(Missing)?;
        Ok(layout::page(&visitor, &format!("Notification n° {id}"), content(world, delivery)))
    });
    answer(&visitor, page)
}

fn content(world: &World, delivery: &Delivery) -> Markup {
    let endpoint = world.endpoints.get(&delivery.endpoint_id);
    html! {
        p { a href={ "/admin/organisations/" (delivery.organisation_id) "/webhook_endpoints" } { "Toutes les notifications" } }
        h1 { "Notification n° " (delivery.id) }
        dl.summary {
            dt { "Événement" } dd { (delivery.event.code()) ", " (dates::ruby(delivery.occurred_at, PARIS)) }
            dt { "Statut" } dd { (delivery.status.label()) }
            dt { "Adresse" } dd { (endpoint.map_or("webhook supprimé", |endpoint| &endpoint.target_url)) }
            dt { (signature::HEADER) } dd { (delivery.signature.as_deref().unwrap_or("pas encore signée")) }
        }
        (actions(delivery))
        (other_gestures(delivery))
        h2 { "Corps" }
        @if let Some(tamper) = delivery.tampered { p { (fr("Envoyé autrement : ")) strong { (tamper.label()) } } }
        @match &delivery.body {
            Some(body) => pre tabindex="0" { (body) },
            None => p { (fr("Il sera écrit au moment de l’envoi.")) },
        }
        h2 { "Essais" }
        @if delivery.attempts.is_empty() { p { "Aucun essai." } }
        ol { @for attempt in &delivery.attempts {
            li { (dates::ruby(attempt.at, PARIS)) (fr(" : ")) (outcome(attempt)) }
        } }
    }
}

/// A replay that is disturbed, a delay of one's own.
fn other_gestures(delivery: &Delivery) -> Markup {
    html! {
        form.actions method="post" action={ "/admin/deliveries/" (delivery.id) "/replay" } {
            div { label for="tamper" { "Rejouer autrement" }
                select id="tamper" name="tamper" {
                    @for tamper in Tamper::ALL { option value=(tamper.code()) { (tamper.label()) } }
                } }
            button type="submit" { "Rejouer ainsi" }
        }
        form.actions method="post" action={ "/admin/deliveries/" (delivery.id) "/delay" } {
            div { label for="seconds" { "Retarder, en secondes" }
                input type="number" id="seconds" name="seconds" value=(DELAY_S) min="0" max=(LONGEST_DELAY_S); }
            button type="submit" { "Retarder" }
        }
    }
}

/// What the forms of a delivery send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Details {
    #[serde(deserialize_with = "optional_id")]
    seconds: Option<i64>,
    tamper: Option<Tamper>,
}

/// `POST /admin/deliveries/{id}/{action}`
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Parameters((id, action)): Parameters<(DeliveryId, String)>,
    headers: HeaderMap,
    Fields(details): Fields<Details>,
) -> Response {
    let seconds = details.seconds.unwrap_or(DELAY_S).clamp(0, LONGEST_DELAY_S);
    let (done, flash) = match action.as_str() {
        "replay" => (app.courier.replay(&app.store, id, details.tamper).await, Flash::Replayed),
        "delay" => {
            let until = wall_clock() + TimeDelta::seconds(seconds);
            (app.store.change(|world, _| queue::delay(world, id, until)).await, Flash::Saved)
        }
        "drop" => {
            (app.store.change(|world, _| queue::drop_delivery(world, id)).await, Flash::Saved)
        }
        "duplicate" => {
            let copied = app.store.change(|world, _| queue::duplicate(world, id)).await;
            (copied.map(|_| ()), Flash::Saved)
        }
        _ => (Err(Missing), Flash::Saved),
    };
    let page = app.store.read(|world, _| {
        done?;
        let organisation = world.deliveries.get(&id).ok_or(Missing)?.organisation_id;
        let to = came_from(&headers)
            .unwrap_or_else(|| format!("/admin/organisations/{organisation}/webhook_endpoints"));
        Ok::<_, Problem>(flash.on(see_other(&to)))
    });
    answer(&visitor, page)
}

/// The page of deliveries on which the button was, so that one stays there.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let from = Url::parse(headers.get(REFERER)?.to_str().ok()?).ok()?;
    let query = from.query().map(|query| format!("?{query}")).unwrap_or_default();
    from.path().starts_with("/admin/").then(|| format!("{}{query}", from.path()))
}
