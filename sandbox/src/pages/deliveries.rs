//! Deliveries: where each stands, what was sent, and sending, losing or doubling it by hand.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};

use super::answer;
use crate::dates::{self, PARIS};
use crate::french::fr;
use crate::model::{Attempt, Delivery, DeliveryId, Organisation};
use crate::web::App;
use crate::web::error::Problem;
use crate::web::extract::Parameters;
use crate::web::layout;
use crate::web::links::see_other;
use crate::web::visitor::{Flash, Visitor};
use crate::webhooks::{queue, signature};
use crate::world::{Missing, World};

const SHOWN: usize = 100;

/// The latest deliveries of an organisation.
pub fn table(world: &World, organisation: &Organisation) -> Markup {
    let of_it = || world.deliveries.values().rev().filter(|d| d.organisation_id == organisation.id);
    let count = of_it().count();
    html! {
        @if world.mode.hold { p.flash.alert { "Les livraisons sont retenues : seules partent celles qu’on rejoue." } }
        @if count == 0 { p { "Aucune livraison pour l’instant." } }
        @else {
            @if count > SHOWN { p.hint { "Les " (SHOWN) " dernières, sur " (count) "." } }
            div.scroll tabindex="0" role="region" aria-label="Livraisons" {
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
        tr id={ "livraison-" (delivery.id) } {
            td { a href={ "/admin/deliveries/" (delivery.id) } { (delivery.id) } }
            td { (delivery.event.code()) @if delivery.reason.is_some() { " (rgpd)" } }
            td { a href={ "/agents/rdvs/" (delivery.rdv_id) } { (delivery.rdv_id) } }
            td { (delivery.status.label()) }
            td { (delivery.attempts.len()) }
            td { (delivery.attempts.last().map_or_else(String::new, outcome)) }
            td { (actions(delivery)) }
        }
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
    let about = format!(" la livraison {}", delivery.id);
    html! {
        div.inline {
            @for (action, label) in [("replay", "Rejouer"), ("duplicate", "Doubler"), ("drop", "Perdre")] {
                form method="post" action={ "/admin/deliveries/" (delivery.id) "/" (action) } {
                    button.plain type="submit" { (label) span.unseen { (about) } }
                }
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
        Ok(layout::page(&visitor, &format!("Livraison n° {id}"), content(world, delivery)))
    });
    answer(&visitor, page)
}

fn content(world: &World, delivery: &Delivery) -> Markup {
    let endpoint = world.endpoints.get(&delivery.endpoint_id);
    html! {
        p { a href={ "/admin/organisations/" (delivery.organisation_id) "/webhook_endpoints" } { "Toutes les livraisons" } }
        h1 { "Livraison n° " (delivery.id) }
        dl.summary {
            dt { "Événement" } dd { (delivery.event.code()) ", " (dates::ruby(delivery.occurred_at, PARIS)) }
            dt { "Statut" } dd { (delivery.status.label()) }
            dt { "Adresse" } dd { (endpoint.map_or("webhook supprimé", |endpoint| &endpoint.target_url)) }
            dt { (signature::HEADER) } dd { (delivery.signature.as_deref().unwrap_or("pas encore signée")) }
        }
        (actions(delivery))
        h2 { "Corps" }
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

/// `POST /admin/deliveries/{id}/{action}`
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Parameters((id, action)): Parameters<(DeliveryId, String)>,
) -> Response {
    let (done, flash) = match action.as_str() {
        "replay" => (app.courier.replay(&app.store, id).await, Flash::Replayed),
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
        let to = format!("/admin/organisations/{organisation}/webhook_endpoints");
        Ok::<_, Problem>(flash.on(see_other(&to)))
    });
    answer(&visitor, page)
}
