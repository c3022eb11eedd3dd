//! Tokens: made, ended, taken away.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use chrono::{DateTime, TimeDelta, Utc};
use maud::{Markup, html};
use serde::Deserialize;

use super::layout::{Notice, button, done, not_found, page};
use super::{Said, date};
use crate::demarches_simplifiees::http::App;
use crate::demarches_simplifiees::model::{NewToken, Token};
use crate::text::french::fr;

const PAGE: &str = "/jetons";

/// `GET /jetons`
pub async fn show(State(app): State<App>, Query(said): Query<Said>) -> Response {
    shown(&app, &Notice::of(said.dit.as_deref()))
}

fn shown(app: &App, notice: &Notice) -> Response {
    let now = app.store.now();
    let body = app.store.read(|world| {
        html! {
            h1 { "Jetons de l’API" }
            p.hint { (fr("Le vrai Démarches Simplifiées ne montre un jeton qu’une fois ; ici il reste affiché.")) }
            div.scroll {
                table {
                    caption.unseen { "Jetons" }
                    thead { tr {
                        th scope="col" { "Nom" } th scope="col" { "Jeton" } th scope="col" { "Droits" }
                        th scope="col" { "Expiration" } th scope="col" { "Actions" }
                    } }
                    tbody { @for token in world.tokens.values() { (row(token, now)) } }
                }
            }
            h2 { "Créer un jeton" }
            form method="post" action=(PAGE) {
                div.field { label for="nom" { "Nom" } input id="nom" name="nom" required; }
                div.field {
                    label for="demarches" { "Numéros des démarches, séparés par des virgules" }
                    p.hint id="demarches-aide" { "Vide : toutes les démarches." }
                    input id="demarches" name="demarches" aria-describedby="demarches-aide";
                }
                div.field {
                    label for="reseaux" { "Réseaux autorisés, séparés par des virgules" }
                    p.hint id="reseaux-aide" { (fr("Exemple : 203.0.113.0/24. Vide : tous.")) }
                    input id="reseaux" name="reseaux" aria-describedby="reseaux-aide";
                }
                div.field {
                    label for="jours" { "Durée en jours" }
                    input id="jours" name="jours" type="number" min="1" max="365" value="365" required;
                }
                div.check { input type="checkbox" id="ecriture" name="ecriture" value="1" checked; label for="ecriture" { "Lecture et écriture" } }
                button type="submit" { "Créer le jeton" }
            }
        }
    });
    page("Jetons", notice, &body)
}

fn row(token: &Token, now: DateTime<Utc>) -> Markup {
    let action = |name: &str| format!("{PAGE}/{}/{name}", token.id);
    html! {
        tr {
            td { (token.name) }
            td { code { (token.value) } }
            td {
                (if token.write { "Lecture et écriture" } else { "Lecture seule" })
                @if let Some(demarches) = &token.demarches {
                    br; "Démarches " (demarches.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
                }
                @for network in &token.networks { br; (network.0) }
            }
            td {
                @match token.expires_at {
                    None => "Jamais",
                    Some(at) if at <= now => { strong { "Expiré" } }
                    Some(at) => { (date(at)) }
                }
            }
            td.inline {
                (button(&action("expirer"), "Faire expirer"))
                @if token.write { (button(&action("lecture"), "Lecture seule")) }
                @else { (button(&action("ecriture"), "Lecture et écriture")) }
                (button(&action("revoquer"), "Révoquer"))
            }
        }
    }
}

/// A token to be made.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    nom: String,
    demarches: String,
    reseaux: String,
    jours: String,
    ecriture: Option<String>,
}

impl Wanted {
    fn read(&self, now: DateTime<Utc>) -> Result<NewToken, String> {
        let listed = |text: &str| -> Vec<String> {
            text.split([',', ' ']).map(str::to_owned).filter(|word| !word.is_empty()).collect()
        };
        let numbers: Result<Vec<i64>, _> =
            listed(&self.demarches).iter().map(|word| word.parse()).collect();
        let numbers = numbers.map_err(|_| "Saisissez des numéros de démarches".to_owned())?;
        let networks = listed(&self.reseaux).into_iter().map(TryFrom::try_from).collect();
        let networks: Result<Vec<_>, std::net::AddrParseError> = networks;
        let networks =
            networks.map_err(|_| "Saisissez des réseaux, comme 203.0.113.0/24".to_owned())?;
        let days = self.jours.trim().parse().ok().filter(|days| (1..=365).contains(days));
        let days: i64 = days.ok_or_else(|| "Saisissez une durée de 1 à 365 jours".to_owned())?;
        if self.nom.trim().is_empty() {
            return Err("Saisissez un nom".to_owned());
        }
        Ok(NewToken {
            name: self.nom.trim().to_owned(),
            write: self.ecriture.is_some(),
            demarches: Some(numbers).filter(|numbers| !numbers.is_empty()),
            networks,
            expires_at: Some(now + TimeDelta::days(days)),
            ..NewToken::default()
        })
    }
}

/// `POST /jetons`
pub async fn make(State(app): State<App>, Form(wanted): Form<Wanted>) -> Response {
    match wanted.read(app.store.now()) {
        Ok(token) => {
            app.store.change(|world, _| world.make_token(token));
            done(PAGE, "")
        }
        Err(why) => shown(&app, &Notice::Refused(why)),
    }
}

/// `POST /jetons/{id}/{action}`
pub async fn act(State(app): State<App>, Path((id, action)): Path<(i64, String)>) -> Response {
    let known = app.store.change(|world, now| {
        if action == "revoquer" {
            return world.tokens.remove(&id).is_some();
        }
        let Some(token) = world.tokens.get_mut(&id) else { return false };
        match action.as_str() {
            "expirer" => token.expires_at = Some(now),
            "lecture" => token.write = false,
            "ecriture" => token.write = true,
            _ => return false,
        }
        true
    });
    if known { done(PAGE, "") } else { not_found() }
}
