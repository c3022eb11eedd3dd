//! « Perturbations »: how deliveries and the API are disturbed, by hand.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use maud::{Markup, html};
use serde::Deserialize;

use super::clock;
use crate::model::{ApiFaults, DeliveryMode, EndpointId, Failure, FailureKind, ListFaults, Tamper};
use crate::state::world::World;
use crate::text::french::fr;
use crate::web::App;
use crate::web::extract::{Fields, Parameters};
use crate::web::layout::{self, Field};
use crate::web::links::see_other;
use crate::web::visitor::{Flash, Visitor};
use crate::webhooks::{self, queue};

/// Its address.
pub const PAGE: &str = "/admin/perturbations";
const PERCENT: f64 = 100.0;

/// `GET /admin/perturbations`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    let body = app.store.read(|world, now| {
        content(world, now, &ModeForm::of(world.mode), &FaultsForm::of(&world.faults), None)
    });
    layout::page(&visitor, "Perturbations", body)
}

/// What was typed wrongly: the name of the field and the sentence.
type Mistake = (&'static str, &'static str);

fn content(
    world: &World,
    now: DateTime<Utc>,
    mode: &ModeForm,
    faults: &FaultsForm,
    mistake: Option<Mistake>,
) -> Markup {
    html! {
        h1 { "Perturbations" }
        p { (fr("Tout ce qui peut mal se passer entre la plateforme et l’application, à la demande.")) }
        h2 { "Notifications" }
        (mode_form(mode, mistake))
        h2 { "API" }
        (faults_form(faults, mistake))
        h2 { "Horloge" }
        (clock::form(world.clock, now))
        h2 { "Tout renvoyer" }
        p { (fr("Chaque rendez-vous de l’organisation est annoncé de nouveau comme créé, même passé.")) }
        @for endpoint in world.endpoints.values() {
            form method="post" action={ "/admin/webhook_endpoints/" (endpoint.id) "/backfill" } {
                button.plain type="submit" { "Tout renvoyer à " (endpoint.target_url) }
            }
        }
        p { a href="/admin/deliveries" { "Voir les notifications" } }
    }
}

fn mode_form(mode: &ModeForm, mistake: Option<Mistake>) -> Markup {
    html! {
        form method="post" action={ (PAGE) "/notifications" } novalidate {
            (check("hold", "Retenir : ne part que ce qu’on rejoue", mode.hold.is_some()))
            (check("shuffle", "Mélanger l’ordre", mode.shuffle.is_some()))
            (check("updated_first", "Livrer les modifications avant la création", mode.updated_first.is_some()))
            (check("stale_after_destroyed", "Redire l’ancien état après une suppression", mode.stale_after_destroyed.is_some()))
            (check("same_second", "Dater tous les événements de la même seconde", mode.same_second.is_some()))
            (number("duplicate", "Copies en plus de chaque événement", &mode.duplicate, mistake))
            (number("drop", "Part des événements jamais envoyés, en %", &mode.drop, mistake))
            (number("delay", "Retard de chaque événement, en secondes", &mode.delay, mistake))
            div.field {
                label for="tamper" { "Requêtes abîmées" }
                select id="tamper" name="tamper" {
                    option value="" { "Non : telles qu’elles doivent être" }
                    @for tamper in Tamper::ALL {
                        option value=(tamper.code()) selected[mode.tamper == tamper.code()] { (tamper.label()) }
                    }
                }
            }
            button type="submit" { "Enregistrer les notifications" }
        }
    }
}

fn faults_form(faults: &FaultsForm, mistake: Option<Mistake>) -> Markup {
    html! {
        form method="post" action={ (PAGE) "/api" } novalidate {
            (check("refuse_refresh", "Refuser de renouveler les jetons", faults.refuse_refresh.is_some()))
            div.field {
                label for="kind" { "Réponses de l’API" }
                select id="kind" name="kind" {
                    option value="" { "Normales" }
                    @for kind in FailureKind::ALL {
                        option value=(kind.code()) selected[faults.kind == kind.code()] { (fr(kind.label())) }
                    }
                }
            }
            (number("times", "Combien de fois (vide : jusqu’à nouvel ordre)", &faults.times, mistake))
            (number("seconds", "Secondes d’attente, ou de Retry-After", &faults.seconds, mistake))
            (Field {
                id: "path",
                name: "path",
                label: "Seulement pour les adresses qui contiennent",
                kind: "text",
                autocomplete: "off",
                value: &faults.path,
                hint: Some("Exemple : /rdv_plans, ou /oauth/token"),
                required: false,
                error: None,
            }.show())
            button type="submit" { "Enregistrer l’API" }
        }
    }
}

fn check(name: &str, label: &str, checked: bool) -> Markup {
    html! {
        div.check {
            input type="checkbox" id=(name) name=(name) value="1" checked[checked];
            label for=(name) { (fr(label)) }
        }
    }
}

fn number(name: &'static str, label: &str, value: &str, mistake: Option<Mistake>) -> Markup {
    let error = mistake.filter(|(field, _)| *field == name).map(|(_, sentence)| sentence);
    let label = fr(label);
    Field {
        id: name,
        name,
        label: &label,
        kind: "number",
        autocomplete: "off",
        value,
        hint: None,
        required: false,
        error,
    }
    .show()
}

/// The modes of deliveries, as their form sends them. An unchecked box sends nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ModeForm {
    hold: Option<String>,
    shuffle: Option<String>,
    updated_first: Option<String>,
    stale_after_destroyed: Option<String>,
    same_second: Option<String>,
    duplicate: String,
    drop: String,
    delay: String,
    tamper: String,
}

fn on(checked: bool) -> Option<String> {
    checked.then(|| "1".to_owned())
}

impl ModeForm {
    fn of(mode: DeliveryMode) -> Self {
        Self {
            hold: on(mode.hold),
            shuffle: on(mode.shuffle),
            updated_first: on(mode.updated_first),
            stale_after_destroyed: on(mode.stale_after_destroyed),
            same_second: on(mode.same_second.is_some()),
            duplicate: mode.duplicate.to_string(),
            drop: ((mode.drop * PERCENT * 1000.0).round() / 1000.0).to_string(),
            delay: mode.delay.to_string(),
            tamper: mode.tamper.map(|tamper| tamper.code().to_owned()).unwrap_or_default(),
        }
    }

    fn read(&self, world: &World, now: DateTime<Utc>) -> Result<DeliveryMode, Mistake> {
        let duplicate = Self::number("duplicate", &self.duplicate, 100.0)?;
        let drop = Self::number("drop", &self.drop, PERCENT)?;
        let delay = Self::number("delay", &self.delay, 86_400.0)?;
        Ok(DeliveryMode {
            hold: self.hold.is_some(),
            duplicate: duplicate as u32,
            shuffle: self.shuffle.is_some(),
            drop: drop / PERCENT,
            delay,
            updated_first: self.updated_first.is_some(),
            stale_after_destroyed: self.stale_after_destroyed.is_some(),
            // One that goes on keeps its second.
            same_second: self.same_second.as_ref().map(|_| world.mode.same_second.unwrap_or(now)),
            tamper: Tamper::ALL.iter().copied().find(|tamper| tamper.code() == self.tamper),
            at_once: world.mode.at_once,
        })
    }

    fn number(name: &'static str, text: &str, most: f64) -> Result<f64, Mistake> {
        let text = text.trim().replace(',', ".");
        let number = if text.is_empty() { Some(0.0) } else { text.parse::<f64>().ok() };
        let sentence = match name {
            "delay" => "Saisissez un nombre de secondes, 86400 au plus",
            _ => "Saisissez un nombre de 0 à 100",
        };
        number.filter(|number| (0.0..=most).contains(number)).ok_or((name, sentence))
    }
}

/// The failures of the API, as their form sends them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FaultsForm {
    refuse_refresh: Option<String>,
    kind: String,
    times: String,
    seconds: String,
    path: String,
}

impl FaultsForm {
    fn of(faults: &ApiFaults) -> Self {
        let failure = faults.failure.as_ref();
        let text = |number: Option<u64>| number.map(|n| n.to_string()).unwrap_or_default();
        Self {
            refuse_refresh: on(faults.refuse_refresh),
            kind: failure.map(|failure| failure.kind.code().to_owned()).unwrap_or_default(),
            times: text(failure.and_then(|failure| failure.times).map(u64::from)),
            seconds: text(failure.and_then(|failure| failure.seconds)),
            path: failure.and_then(|failure| failure.path.clone()).unwrap_or_default(),
        }
    }

    fn read(&self) -> Result<ApiFaults, Mistake> {
        let times = whole("times", &self.times, 1)?.and_then(|times| u32::try_from(times).ok());
        let seconds = whole("seconds", &self.seconds, 0)?;
        let path = Some(self.path.trim().to_owned()).filter(|path| !path.is_empty());
        let kind = FailureKind::ALL.into_iter().find(|kind| kind.code() == self.kind);
        Ok(ApiFaults {
            refuse_refresh: self.refuse_refresh.is_some(),
            failure: kind.map(|kind| Failure { kind, times, path, seconds }),
            lists: ListFaults::default(),
        })
    }
}

/// A whole number, nothing when the field is empty.
fn whole(name: &'static str, text: &str, least: u64) -> Result<Option<u64>, Mistake> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let number = text.trim().parse::<u64>().ok();
    let number = number.filter(|number| (least..=86_400).contains(number));
    number.map(Some).ok_or((name, "Saisissez un nombre entier, 86400 au plus"))
}

/// `POST /admin/perturbations/notifications`
pub async fn set_mode(
    State(app): State<App>,
    visitor: Visitor,
    Fields(form): Fields<ModeForm>,
) -> Response {
    let act = |world: &mut World, now| {
        world.mode = form.read(world, now)?;
        queue::release_idle(world);
        Ok(())
    };
    match app.store.change(act).await {
        Ok(()) => Flash::Saved.on(see_other(PAGE)),
        Err(mistake) => {
            let body = app.store.read(|world, now| {
                content(world, now, &form, &FaultsForm::of(&world.faults), Some(mistake))
            });
            refused(&visitor, body)
        }
    }
}

/// `POST /admin/perturbations/api`
pub async fn set_faults(
    State(app): State<App>,
    visitor: Visitor,
    Fields(form): Fields<FaultsForm>,
) -> Response {
    match form.read() {
        Ok(faults) => {
            let change = |world: &mut World, _| {
                world.faults = ApiFaults { lists: world.faults.lists, ..faults };
            };
            app.store.change(change).await;
            Flash::Saved.on(see_other(PAGE))
        }
        Err(mistake) => {
            let body = app.store.read(|world, now| {
                content(world, now, &ModeForm::of(world.mode), &form, Some(mistake))
            });
            refused(&visitor, body)
        }
    }
}

fn refused(visitor: &Visitor, body: Markup) -> Response {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    layout::page_with_status(status, visitor, "Erreur : perturbations", body)
}

/// `POST /admin/webhook_endpoints/{id}/backfill`
pub async fn backfill(State(app): State<App>, Parameters(id): Parameters<EndpointId>) -> Response {
    app.store.change(|world, now| webhooks::backfill(world, id, now)).await;
    Flash::Saved.on(see_other("/admin/deliveries"))
}
