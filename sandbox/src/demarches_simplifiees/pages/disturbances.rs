//! A button for each disturbance.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::Said;
use super::layout::{Notice, button, done, page};
use crate::demarches_simplifiees::http::App;
use crate::demarches_simplifiees::model::{Fault, FaultKind};
use crate::demarches_simplifiees::world::Limit;
use crate::text::french::fr;

const PAGE: &str = "/perturbations";

/// The disturbances, with what their number means.
const KINDS: [(&str, &str, Option<&str>); 12] = [
    ("lost_answer", "Réponse perdue : fait, puis connexion coupée", None),
    ("lost_request", "Demande perdue : rien n’est fait", None),
    ("too_many_requests", "429, en texte brut", Some("Secondes d’attente demandées")),
    ("timeout", "Délai dépassé", None),
    ("internal_error", "Erreur interne", None),
    ("bad_gateway", "502, en HTML", None),
    ("slow", "Réponse lente", Some("Millisecondes d’attente")),
    ("truncated", "JSON coupé", None),
    ("poisoned", "Dossier qui fait échouer sa page", Some("Numéro du dossier")),
    ("large_pages", "Grandes pages trop lentes", Some("Taille qui passe encore")),
    ("unknown_demandeur", "Demandeurs d’un genre inconnu", Some("Numéro du dossier (0 : tous)")),
    ("page_changes", "Dossiers touchés entre deux pages", None),
];

/// `GET /perturbations`
pub async fn show(State(app): State<App>, Query(said): Query<Said>) -> Response {
    shown(&app, &Notice::of(said.dit.as_deref()))
}

fn shown(app: &App, notice: &Notice) -> Response {
    let (faults, limit) = app.store.read(|world| (world.faults.clone(), world.limit));
    let body = html! {
        h1 { "Perturbations" }
        h2 { "En cours" }
        @if faults.is_empty() { p.hint { "Aucune." } }
        ul { @for fault in &faults { li { (told(fault)) } } }
        @if !faults.is_empty() { (button("/perturbations/effacer", "Tout arrêter")) }
        h2 { "Limite de requêtes" }
        form method="post" action="/perturbations/limite" {
            div.field { label for="requests" { "Requêtes par jeton" } input id="requests" name="requests" type="number" min="0" value=(limit.requests) required; }
            div.field { label for="window_ms" { "Pendant, en millisecondes" } input id="window_ms" name="window_ms" type="number" min="1" value=(limit.window_ms) required; }
            button.plain type="submit" { "Changer la limite" }
        }
        h2 { "Ajouter" }
        ul.cards { @for (kind, label, number) in KINDS { li { (form(kind, label, number)) } } }
    };
    page("Perturbations", notice, &body)
}

fn told(fault: &Fault) -> Markup {
    let code = serde_json::to_value(fault.kind).unwrap_or_default();
    let label = KINDS.iter().find(|(kind, ..)| code["kind"] == *kind);
    html! {
        (fr(label.map_or("?", |(_, label, _)| label)))
        @if let Some(times) = fault.times { (fr(" ; encore ")) (times) " fois" }
        @if fault.share < 1.0 { (fr(" ; une part de ")) (fault.share) }
        @if let Some(operation) = &fault.operation { (fr(" ; seulement ")) (operation) }
    }
}

fn form(kind: &str, label: &str, number: Option<&str>) -> Markup {
    html! {
        form method="post" action=(PAGE) {
            h3 { (fr(label)) }
            input type="hidden" name="kind" value=(kind);
            @if let Some(number) = number {
                @let id = format!("{kind}-nombre");
                div.field { label for=(id) { (number) } input id=(id) name="number" type="number" min="0" value="0" required; }
            }
            @let times = format!("{kind}-fois");
            div.field { label for=(times) { "Combien de fois (vide : toujours)" } input id=(times) name="times" type="number" min="1"; }
            @let share = format!("{kind}-part");
            div.field { label for=(share) { "À quelle part des requêtes, de 0 à 1" } input id=(share) name="share" inputmode="decimal" value="1" required; }
            button type="submit" { "Perturber" span.unseen { (fr(" : ")) (label) } }
        }
    }
}

/// A disturbance, as its form sends it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    kind: String,
    number: String,
    times: String,
    share: String,
}

impl Wanted {
    fn read(&self) -> Result<Fault, String> {
        let number: i64 = match self.number.trim() {
            "" => 0,
            text => text.parse().map_err(|_| "Saisissez un nombre entier".to_owned())?,
        };
        let unsigned = u64::try_from(number).unwrap_or_default();
        let kind = match self.kind.as_str() {
            "lost_answer" => FaultKind::LostAnswer,
            "lost_request" => FaultKind::LostRequest,
            "too_many_requests" => FaultKind::TooManyRequests { retry_after: unsigned },
            "timeout" => FaultKind::Timeout,
            "internal_error" => FaultKind::InternalError,
            "bad_gateway" => FaultKind::BadGateway,
            "slow" => FaultKind::Slow { ms: unsigned },
            "truncated" => FaultKind::Truncated,
            "poisoned" => FaultKind::Poisoned { dossier: number },
            "large_pages" => FaultKind::LargePages { above: number },
            "unknown_demandeur" => {
                FaultKind::UnknownDemandeur { dossier: Some(number).filter(|n| *n > 0) }
            }
            "page_changes" => FaultKind::PageChanges,
            _ => return Err("Choisissez une perturbation".to_owned()),
        };
        let times = match self.times.trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| "Saisissez un nombre de fois".to_owned())?),
        };
        let share = match self.share.trim().replace(',', ".").as_str() {
            "" => Some(1.0),
            text => text.parse().ok().filter(|share| (0.0..=1.0).contains(share)),
        };
        let share = share.ok_or_else(|| "Saisissez une part de 0 à 1".to_owned())?;
        Ok(Fault { kind, times, share, operation: None })
    }
}

/// `POST /perturbations`
pub async fn add(State(app): State<App>, Form(wanted): Form<Wanted>) -> Response {
    match wanted.read() {
        Ok(fault) => {
            app.store.change(|world, _| world.faults.push(fault));
            done(PAGE, "")
        }
        Err(why) => shown(&app, &Notice::Refused(why)),
    }
}

/// `POST /perturbations/effacer`
pub async fn clear(State(app): State<App>) -> Response {
    app.store.change(|world, _| world.faults.clear());
    done(PAGE, "")
}

/// `POST /perturbations/limite`
pub async fn limit(State(app): State<App>, Form(limit): Form<Limit>) -> Response {
    app.store.change(|world, _| world.limit = limit);
    app.store.forget_callers();
    done(PAGE, "")
}
