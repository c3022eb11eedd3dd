//! A démarche: its dossiers, and what its administrateurs set up.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use chrono::{DateTime, Utc};
use maud::{Markup, html};
use serde::Deserialize;

use super::layout::{Notice, done, not_found, page};
use super::{Said, date};
use crate::config::http_url;
use crate::demarches_simplifiees::http::App;
use crate::demarches_simplifiees::model::{Demarche, Dossier, LabelColor};
use crate::demarches_simplifiees::world::World;
use crate::demarches_simplifiees::world::rules::Refusal;
use crate::demarches_simplifiees::world::seed;
use crate::text::french::fr;

/// How many dossiers are on a page.
const ON_A_PAGE: usize = 50;
/// The most dossiers that the form files at once.
const MOST: u32 = 200_000;

/// `GET /procedures/{procedure}`
pub async fn show(
    State(app): State<App>,
    Path(procedure): Path<i64>,
    Query(said): Query<Said>,
) -> Response {
    let number = said.page.unwrap_or(1).max(1);
    shown(&app, procedure, number, &Notice::of(said.dit.as_deref()))
}

fn shown(app: &App, procedure: i64, number: usize, notice: &Notice) -> Response {
    let Some(demarche) = app.store.read(|world| world.demarche(procedure).cloned()) else {
        return not_found();
    };
    let path = format!("/procedures/{procedure}/reglages");
    let body = html! {
        p.step { "Démarche n° " (procedure) }
        h1 { (demarche.title) }
        (dossiers(app, &demarche, number))
        (groupes(&path, &demarche))
        (labels(&path, &demarche))
        (form_of(&demarche))
        (webhooks(app, &path, procedure))
        (tokens(app, procedure))
        h2 { "Remplir" }
        form method="post" action={ (path) "/remplir" } {
            div.field {
                label for="combien" { "Combien de dossiers ajouter" }
                input id="combien" name="valeur" type="number" min="1" max=(MOST) value="100" required;
            }
            button.plain type="submit" { "Ajouter ces dossiers" }
        }
    };
    page(&demarche.title, notice, &body)
}

/// The visible ones first come first, then those that are hidden.
fn dossiers(app: &App, demarche: &Demarche, number: usize) -> Markup {
    let (total, listed): (usize, Vec<Arc<Dossier>>) = app.store.read(|world| {
        let all = world.dossiers.values().filter(|dossier| dossier.demarche == demarche.number);
        let total = all.clone().count();
        (total, all.skip((number - 1) * ON_A_PAGE).take(ON_A_PAGE).cloned().collect())
    });
    let pages = total.div_ceil(ON_A_PAGE).max(1);
    html! {
        h2 { "Dossiers" }
        div.scroll {
            table {
                caption.unseen { "Dossiers de la démarche" }
                thead { tr {
                    th scope="col" { "Numéro" } th scope="col" { "Demandeur" } th scope="col" { "État" }
                    th scope="col" { "Groupe" } th scope="col" { "Labels" } th scope="col" { "Déposé le" }
                } }
                tbody { @for dossier in &listed { (row(demarche, dossier)) } }
            }
        }
        @if pages > 1 {
            nav.filter aria-label="Pages" {
                @if number > 1 { a href={ "?page=" (number - 1) } { "Page précédente" } }
                span { "Page " (number) " sur " (pages) }
                @if number < pages { a href={ "?page=" (number + 1) } { "Page suivante" } }
            }
        }
    }
}

fn row(demarche: &Demarche, dossier: &Dossier) -> Markup {
    html! {
        tr {
            td { a href={ "/procedures/" (demarche.number) "/dossiers/" (dossier.number) } { (dossier.number) } }
            td { (dossier.demandeur.name()) }
            td {
                (dossier.state.label())
                @if dossier.archived { ", à archiver" }
                @if !dossier.is_visible() { ", supprimé" }
            }
            td { (demarche.groupe(dossier.groupe).map_or("", |groupe| &groupe.label)) }
            td { @for label in dossier.labels.iter().filter_map(|id| demarche.label(*id)) { span.status { (label.name) } " " } }
            td { (date(dossier.depose_at)) }
        }
    }
}

fn groupes(path: &str, demarche: &Demarche) -> Markup {
    html! {
        h2 id="groupes" { "Groupes instructeurs" }
        @for groupe in &demarche.groupes {
            h3 { (groupe.label) @if groupe.closed { " (fermé)" } }
            ul {
                @for person in &groupe.members {
                    li.inline {
                        span { (person.email) }
                        form method="post" action={ (path) "/retirer-membre" } {
                            input type="hidden" name="cle" value=(groupe.id);
                            input type="hidden" name="valeur" value=(person.email);
                            button.plain type="submit" { "Retirer" span.unseen { " " (person.email) " du groupe " (groupe.label) } }
                        }
                    }
                }
            }
            form method="post" action={ (path) "/ajouter-membre" } {
                input type="hidden" name="cle" value=(groupe.id);
                @let id = format!("membre-{}", groupe.id);
                div.field {
                    label for=(id) { "Adresse électronique du nouveau membre" }
                    input id=(id) name="valeur" type="email" autocomplete="off" required;
                }
                button.plain type="submit" { "Ajouter au groupe " (groupe.label) }
            }
        }
        form method="post" action={ (path) "/ajouter-groupe" } {
            div.field { label for="nouveau-groupe" { "Nom du nouveau groupe" } input id="nouveau-groupe" name="valeur" required; }
            button.plain type="submit" { "Ajouter le groupe" }
        }
    }
}

fn labels(path: &str, demarche: &Demarche) -> Markup {
    html! {
        h2 id="labels" { "Labels" }
        ul {
            @for label in &demarche.labels {
                li.inline {
                    span.status { (label.name) }
                    form method="post" action={ (path) "/supprimer-label" } {
                        input type="hidden" name="valeur" value=(label.id);
                        button.plain type="submit" { "Supprimer" span.unseen { " le label " (label.name) } }
                    }
                }
            }
        }
        form method="post" action={ (path) "/ajouter-label" } {
            div.field {
                label for="nouveau-label" { "Nom du nouveau label" }
                input id="nouveau-label" name="valeur" maxlength="30" required;
            }
            button.plain type="submit" { "Ajouter le label" }
        }
    }
}

fn form_of(demarche: &Demarche) -> Markup {
    let revision = demarche.active_revision();
    html! {
        h2 { "Annotations" }
        ul { @for descriptor in &revision.annotations { li { (descriptor.label) } } }
        h2 { "Formulaire" }
        ul { @for descriptor in &revision.champs { li { (descriptor.label) } } }
    }
}

/// Those that reach it; they are set on their own page.
fn tokens(app: &App, procedure: i64) -> Markup {
    app.store.read(|world| {
        let tokens = world.tokens.values().filter(|token| token.reaches(procedure));
        html! {
            h2 { "Jetons" }
            ul {
                @for token in tokens {
                    li { (token.name) (fr(" : ")) (if token.write { "lecture et écriture" } else { "lecture seule" }) }
                }
            }
            p { a href="/jetons" { "Créer, faire expirer ou révoquer un jeton" } }
        }
    })
}

fn webhooks(app: &App, path: &str, procedure: i64) -> Markup {
    app.store.read(|world| {
        let endpoints = world.endpoints.values().filter(|endpoint| endpoint.demarche == procedure);
        html! {
            h2 id="webhooks" { "Webhooks" }
            ul {
                @for endpoint in endpoints {
                    li.inline {
                        span {
                            (endpoint.url) " – " (if endpoint.enabled { "activé" } else { "désactivé" })
                            (fr(" ; en attente : ")) (endpoint.waiting.len()) (fr(" ; envois : ")) (endpoint.attempts.len())
                        }
                        @for (action, label) in [
                            ("basculer-webhook", if endpoint.enabled { "Désactiver" } else { "Activer" }),
                            ("renouveler-webhook", "Renouveler le secret"),
                            ("supprimer-webhook", "Supprimer"),
                        ] {
                            form method="post" action={ (path) "/" (action) } {
                                input type="hidden" name="cle" value=(endpoint.id);
                                button.plain type="submit" { (label) span.unseen { " " (endpoint.url) } }
                            }
                        }
                        @for secret in &endpoint.secrets { code { (secret) } " " }
                    }
                }
            }
            form method="post" action={ (path) "/ajouter-webhook" } {
                div.field { label for="url" { "Adresse qui reçoit les événements" } input id="url" name="valeur" type="url" required; }
                button.plain type="submit" { "Ajouter le webhook" }
            }
        }
    })
}

/// What a form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    cle: String,
    valeur: String,
}

/// `POST /procedures/{procedure}/reglages/{action}`
pub async fn act(
    State(app): State<App>,
    Path((procedure, action)): Path<(i64, String)>,
    Form(sent): Form<Sent>,
) -> Response {
    if app.store.read(|world| world.demarche(procedure).is_none()) {
        return not_found();
    }
    match app.store.change(|world, now| perform(world, procedure, &action, &sent, now)) {
        None => not_found(),
        Some(Ok(())) => done(&format!("/procedures/{procedure}"), ""),
        Some(Err(why)) => shown(&app, procedure, 1, &Notice::Refused(why)),
    }
}

/// Does it; nothing when it is no action.
fn perform(
    world: &mut World,
    procedure: i64,
    action: &str,
    sent: &Sent,
    now: DateTime<Utc>,
) -> Option<Result<(), Refusal>> {
    let id = |text: &str| text.trim().parse::<i64>().unwrap_or_default();
    Some(match action {
        "ajouter-membre" => world.add_member(id(&sent.cle), &sent.valeur).map(|_| ()),
        "retirer-membre" => world.remove_member(id(&sent.cle), &sent.valeur),
        "ajouter-groupe" if sent.valeur.trim().is_empty() => Err("Saisissez un nom".to_owned()),
        "ajouter-groupe" => world.add_groupe(procedure, sent.valeur.trim()).map(|_| ()),
        "ajouter-label" => {
            world.make_label(procedure, &sent.valeur, LabelColor::BlueEcume).map(|_| ())
        }
        "supprimer-label" => world.delete_label(procedure, id(&sent.valeur)),
        "remplir" => match sent.valeur.trim().parse().ok().filter(|n| (1..=MOST).contains(n)) {
            Some(count) => seed::fill(world, procedure, count, now).map(|_| ()),
            None => Err(format!("Saisissez un nombre de 1 à {MOST}")),
        },
        "ajouter-webhook" => match http_url(&sent.valeur) {
            Some(url) => {
                let secret = world.new_secret();
                world.add_endpoint(procedure, url.as_str(), &secret);
                Ok(())
            }
            None => Err("Saisissez une adresse http ou https".to_owned()),
        },
        "basculer-webhook" | "renouveler-webhook" | "supprimer-webhook" => {
            webhook(world, id(&sent.cle), action)
        }
        _ => return None,
    })
}

fn webhook(world: &mut World, id: i64, action: &str) -> Result<(), Refusal> {
    let secret = world.new_secret();
    let Some(endpoint) = world.endpoints.get_mut(&id) else {
        return Err("Ce webhook n’existe plus".to_owned());
    };
    match action {
        "basculer-webhook" => {
            endpoint.enabled = !endpoint.enabled;
            endpoint.failures = 0;
        }
        // The former one goes on beside it, one renewal long.
        "renouveler-webhook" => {
            endpoint.secrets.truncate(1);
            endpoint.secrets.insert(0, secret);
        }
        _ => {
            world.endpoints.remove(&id);
        }
    }
    Ok(())
}
