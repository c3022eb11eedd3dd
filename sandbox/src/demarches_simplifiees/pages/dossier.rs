//! A dossier as its instructeurs see it, with all that may happen to it.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use chrono::{DateTime, Utc};
use maud::{Markup, html};
use serde::Deserialize;

use super::layout::{Notice, button, done, not_found, page};
use super::messagerie::messages;
use super::{Said, date};
use crate::demarches_simplifiees::http::App;
use crate::demarches_simplifiees::model::{
    DeletedReason, Demandeur, Demarche, Descriptor, Dossier, State as Etat,
};
use crate::demarches_simplifiees::world::World;
use crate::demarches_simplifiees::world::rules::Refusal;
use crate::text::french::fr;

/// `GET /procedures/{procedure}/dossiers/{number}`
pub async fn show(
    State(app): State<App>,
    Path((procedure, number)): Path<(i64, i64)>,
    Query(said): Query<Said>,
) -> Response {
    shown(&app, procedure, number, &Notice::of(said.dit.as_deref()))
}

fn find(app: &App, procedure: i64, number: i64) -> Option<(Arc<Dossier>, Arc<Demarche>)> {
    app.store.read(|world| {
        let dossier = world.dossier(number).filter(|dossier| dossier.demarche == procedure)?;
        Some((Arc::clone(dossier), Arc::clone(world.demarche(procedure)?)))
    })
}

fn shown(app: &App, procedure: i64, number: i64, notice: &Notice) -> Response {
    let Some((dossier, demarche)) = find(app, procedure, number) else { return not_found() };
    let path = format!("/procedures/{procedure}/dossiers/{number}");
    let groupe = demarche.groupe(dossier.groupe);
    let body = html! {
        p.step { a href={ "/procedures/" (procedure) } { (demarche.title) } }
        h1 { "Dossier n° " (number) }
        dl.summary {
            dt { "État" } dd { span.status { (dossier.state.label()) } @if dossier.archived { " " span.status { "À archiver" } } }
            dt { "Demandeur" } dd { (dossier.demandeur.name()) }
            @if let Some(mandataire) = &dossier.mandataire {
                dt { "Mandataire" } dd { (mandataire.prenom) " " (mandataire.nom) }
            }
            dt { "Usager" } dd { (dossier.usager.email) @if dossier.usager_deleted { " (compte supprimé)" } }
            dt { "Groupe" } dd { (groupe.map_or("", |groupe| &groupe.label)) }
            dt { "Déposé le" } dd { (date(dossier.depose_at)) }
            dt { "Modifié le" } dd { (date(dossier.updated_at)) }
            @if let Some(at) = dossier.pending_deletion() {
                dt { "Suppression" } dd { strong { "En attente depuis le " (date(at)) } }
            }
        }
        h2 { "Décider" }
        div.actions { (decisions(&path, &dossier)) }
        (labels(&path, &dossier, &demarche))
        (annotations(&path, &dossier, &demarche))
        (form_of(&dossier, &demarche))
        h2 { "Messagerie" }
        (messages(&dossier))
        (reply(&path, &dossier, &demarche))
        (rest(&path, &dossier, &demarche))
        p { a href={ "/dossiers/" (number) "/messagerie" } { "Voir la messagerie comme usager" } }
    };
    page(&format!("Dossier n° {number}"), notice, &body)
}

fn decisions(path: &str, dossier: &Dossier) -> Markup {
    let to = |action: &str| format!("{path}/{action}");
    html! {
        @match dossier.state {
            Etat::EnConstruction => { (button(&to("instruire"), "Passer en instruction")) }
            Etat::EnInstruction => {
                (button(&to("accepter"), "Accepter"))
                (button(&to("refuser"), "Refuser"))
                (button(&to("classer"), "Classer sans suite"))
                (button(&to("construire"), "Repasser en construction"))
            }
            Etat::Brouillon => {}
            _ => {
                (button(&to("instruire"), "Repasser en instruction"))
                @if dossier.archived { (button(&to("desarchiver"), "Désarchiver")) }
                @else { (button(&to("archiver"), "Archiver")) }
            }
        }
    }
}

fn labels(path: &str, dossier: &Dossier, demarche: &Demarche) -> Markup {
    html! {
        h2 id="labels" { "Labels" }
        ul {
            @for label in &demarche.labels {
                li.inline {
                    @let on = dossier.labels.contains(&label.id);
                    span.status.seen[on] { (label.name) }
                    form method="post" action={ (path) "/" (if on { "retirer-label" } else { "ajouter-label" }) } {
                        input type="hidden" name="valeur" value=(label.id);
                        button.plain type="submit" {
                            (if on { "Retirer" } else { "Ajouter" }) span.unseen { " le label " (label.name) }
                        }
                    }
                }
            }
        }
    }
}

fn value_of(
    champs: &[crate::demarches_simplifiees::model::Champ],
    descriptor: &Descriptor,
) -> String {
    let known = champs.iter().find(|champ| champ.stable_id == descriptor.stable_id);
    known.and_then(|champ| champ.value.clone()).unwrap_or_default()
}

fn annotations(path: &str, dossier: &Dossier, demarche: &Demarche) -> Markup {
    html! {
        h2 id="annotations" { "Annotations" }
        @for descriptor in &demarche.revision(dossier.revision).annotations {
            @let id = format!("annotation-{}", descriptor.stable_id);
            form method="post" action={ (path) "/annoter" } {
                input type="hidden" name="cle" value=(descriptor.stable_id);
                div.field {
                    label for=(id) { (descriptor.label) }
                    textarea id=(id) name="valeur" rows="2" { (value_of(&dossier.annotations, descriptor)) }
                }
                button.plain type="submit" { "Enregistrer" span.unseen { " l’annotation " (descriptor.label) } }
            }
        }
    }
}

fn form_of(dossier: &Dossier, demarche: &Demarche) -> Markup {
    html! {
        h2 { "Formulaire" }
        dl.summary {
            @for descriptor in &demarche.revision(dossier.revision).champs {
                dt { (descriptor.label) } dd { (value_of(&dossier.champs, descriptor)) }
            }
        }
    }
}

fn reply(path: &str, dossier: &Dossier, demarche: &Demarche) -> Markup {
    let members = demarche.groupe(dossier.groupe).map_or(&[][..], |groupe| &groupe.members);
    html! {
        @if dossier.takes_messages() {
            form method="post" action={ (path) "/ecrire" } {
                div.field {
                    label for="auteur" { "Au nom de" }
                    select id="auteur" name="cle" {
                        @for person in members { option value=(person.id) { (person.email) } }
                    }
                }
                div.field {
                    label for="message" { "Message à l’usager" }
                    textarea id="message" name="valeur" rows="4" required {}
                }
                button type="submit" { "Envoyer" }
            }
        }
    }
}

fn rest(path: &str, dossier: &Dossier, demarche: &Demarche) -> Markup {
    let to = |action: &str| format!("{path}/{action}");
    let others = demarche.groupes.iter().filter(|groupe| groupe.id != dossier.groupe);
    html! {
        h2 { "Ce qui peut lui arriver" }
        form method="post" action=(to("groupe")) {
            div.field {
                label for="groupe" { "Autre groupe" }
                select id="groupe" name="valeur" { @for groupe in others { option value=(groupe.id) { (groupe.label) } } }
            }
            button.plain type="submit" { "Changer de groupe" }
        }
        form method="post" action=(to("renommer")) {
            div.field { label for="prenom" { "Prénom du demandeur" } input id="prenom" name="cle" required; }
            div.field { label for="nom" { "Nom du demandeur" } input id="nom" name="valeur" required; }
            button.plain type="submit" { "Renommer le demandeur" }
        }
        div.actions {
            (button(&to("masquer-usager"), "Supprimer par l’usager"))
            (button(&to("masquer-administration"), "Supprimer par l’administration"))
            (button(&to("restaurer"), "Restaurer"))
            (button(&to("supprimer"), "Supprimer définitivement"))
            (button(&to("compte"), "Supprimer le compte de l’usager"))
            (button(&to("inconnu"), "Demandeur d’un genre inconnu"))
        }
        p.hint { (fr("Une suppression peut être annulée tant qu’elle n’est pas définitive.")) }
    }
}

/// What a form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    cle: String,
    valeur: String,
}

/// `POST /procedures/{procedure}/dossiers/{number}/{action}`
pub async fn act(
    State(app): State<App>,
    Path((procedure, number, action)): Path<(i64, i64, String)>,
    Form(sent): Form<Sent>,
) -> Response {
    if find(&app, procedure, number).is_none() {
        return not_found();
    }
    match app.store.change(|world, now| perform(world, number, &action, &sent, now)) {
        None => not_found(),
        Some(Ok(())) if action == "supprimer" => done(&format!("/procedures/{procedure}"), ""),
        Some(Ok(())) => done(&format!("/procedures/{procedure}/dossiers/{number}"), ""),
        Some(Err(why)) => shown(&app, procedure, number, &Notice::Refused(why)),
    }
}

/// Does it; nothing when it is no action.
fn perform(
    world: &mut World,
    number: i64,
    action: &str,
    sent: &Sent,
    now: DateTime<Utc>,
) -> Option<Result<(), Refusal>> {
    let id = |text: &str| text.trim().parse::<i64>().unwrap_or_default();
    Some(match action {
        "instruire" => world.bring_to(number, Etat::EnInstruction, now),
        "construire" => world.bring_to(number, Etat::EnConstruction, now),
        "accepter" => world.bring_to(number, Etat::Accepte, now),
        "refuser" => world.bring_to(number, Etat::Refuse, now),
        "classer" => world.bring_to(number, Etat::SansSuite, now),
        "archiver" => world.archive(number, true, None, now),
        "desarchiver" => world.archive(number, false, None, now),
        "ajouter-label" => world.add_label(number, id(&sent.valeur), now),
        "retirer-label" => world.remove_label(number, id(&sent.valeur), now),
        "annoter" => world.annotate(number, &[(id(&sent.cle), sent.valeur.clone())], now),
        "ecrire" => {
            world.instructeur_writes(number, id(&sent.cle), &sent.valeur, None, now).map(|_| ())
        }
        "groupe" => world.change_groupe(number, id(&sent.valeur), now),
        "renommer" => rename(world, number, sent, now),
        "inconnu" => world.rename(number, Demandeur::Inconnu, now),
        "masquer-usager" => world.hide(number, true, now),
        "masquer-administration" => world.hide(number, false, now),
        "restaurer" => world.restore(number, now),
        "supprimer" => world.delete(number, DeletedReason::UserRequest, now),
        "compte" => world.delete_account(number, now),
        _ => return None,
    })
}

fn rename(world: &mut World, number: i64, sent: &Sent, now: DateTime<Utc>) -> Result<(), Refusal> {
    let (prenom, nom) = (sent.cle.trim(), sent.valeur.trim());
    if prenom.is_empty() || nom.is_empty() {
        return Err("Saisissez un prénom et un nom".to_owned());
    }
    let demandeur = Demandeur::Physique {
        civilite: None,
        prenom: prenom.to_owned(),
        nom: nom.to_owned(),
        email: None,
        naissance: None,
    };
    world.rename(number, demandeur, now)
}
