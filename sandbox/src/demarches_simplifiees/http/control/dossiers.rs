//! Dossiers: as they are, and what happens to them.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Refused, read};
use crate::demarches_simplifiees::http::App;
use crate::demarches_simplifiees::model::{
    CorrectionReason, DeletedReason, Demandeur, Descriptor, Dossier, State as Etat,
};
use crate::demarches_simplifiees::world::World;
use crate::demarches_simplifiees::world::decisions::Decision;
use crate::demarches_simplifiees::world::setup::NewDossier;

/// `GET /__sandbox_ds/demarches/{number}/dossiers`: each in a few words, those that are hidden too.
pub async fn list(State(app): State<App>, Path(demarche): Path<i64>) -> Json<Value> {
    Json(app.store.read(|world| {
        let all = world.dossiers.values().filter(|dossier| dossier.demarche == demarche);
        let all: Vec<Value> = all.map(|dossier| summary(world, dossier)).collect();
        json!({"dossiers": all})
    }))
}

/// A dossier in a few words.
fn summary(world: &World, dossier: &Dossier) -> Value {
    let demarche = world.demarche(dossier.demarche);
    let labels = dossier.labels.iter().filter_map(|id| demarche?.label(*id));
    json!({
        "number": dossier.number,
        "state": dossier.state.code(),
        "groupe": dossier.groupe,
        "archived": dossier.archived,
        "visible": dossier.is_visible(),
        "usager": dossier.usager.email,
        "usager_deleted": dossier.usager_deleted,
        "demandeur": dossier.demandeur.name(),
        "labels": labels.map(|label| &label.name).collect::<Vec<_>>(),
        "messages": dossier.messages.len(),
        "updated_at": dossier.updated_at,
    })
}

/// `POST /__sandbox_ds/demarches/{number}/dossiers`: files one.
pub async fn file(
    State(app): State<App>,
    Path(demarche): Path<i64>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let wanted: NewDossier = read(&body)?;
    let number = app.store.change(|world, now| world.file(demarche, wanted, now))?;
    Ok(Json(json!({"number": number})))
}

/// `GET /__sandbox_ds/dossiers/{number}`: all of it.
pub async fn show(State(app): State<App>, Path(number): Path<i64>) -> Result<Json<Value>, Refused> {
    app.store.read(|world| {
        let dossier = world.dossier(number).ok_or(Refused::Missing)?;
        let summary = summary(world, dossier);
        Ok(Json(json!({"summary": summary, "dossier": **dossier})))
    })
}

/// `GET /__sandbox_ds/dossiers/{number}/messages`: with how many times each text is there.
pub async fn messages(
    State(app): State<App>,
    Path(number): Path<i64>,
) -> Result<Json<Value>, Refused> {
    app.store.read(|world| {
        let dossier = world.dossier(number).ok_or(Refused::Missing)?;
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for message in dossier.messages.iter().filter(|m| m.discarded_at.is_none()) {
            *counts.entry(&message.body).or_default() += 1;
        }
        let counts: Vec<Value> =
            counts.iter().map(|(body, count)| json!({"body": body, "count": count})).collect();
        Ok(Json(json!({"messages": dossier.messages, "counts": counts})))
    })
}

/// A label, an annotation or a champ, by its number or its name.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Which {
    Number(i64),
    Name(String),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ToState {
    state: Etat,
    #[serde(default)]
    motivation: Option<String>,
    /// The instructeur in whose name; without it the dossier is brought there whatever the way.
    #[serde(default)]
    email: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ToGroupe {
    groupe: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Deletion {
    #[serde(default)]
    reason: Option<DeletedReason>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Renaming {
    demandeur: Demandeur,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OneLabel {
    label: Which,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    body: String,
    /// Of the instructeur; or of somebody who was invited, in the place of the usager.
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    correction: Option<CorrectionReason>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Filled {
    id: Which,
    value: String,
}

fn unless_filled<T: DeserializeOwned>(body: &Bytes) -> Result<T, String> {
    let text: &[u8] = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(text).map_err(|error| error.to_string())
}

/// `POST /__sandbox_ds/dossiers/{number}/{action}`
pub async fn act(
    State(app): State<App>,
    Path((number, action)): Path<(i64, String)>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    app.store.change(|world, now| {
        if world.dossier(number).is_none() {
            return Err(Refused::Missing);
        }
        let done = perform(world, number, &action, &body, now);
        let mut done = done.ok_or(Refused::Missing)??;
        if let Some(dossier) = world.dossier(number) {
            done["dossier"] = summary(world, dossier);
        }
        Ok(Json(done))
    })
}

/// Does it; nothing when it is no action.
fn perform(
    world: &mut World,
    number: i64,
    action: &str,
    body: &Bytes,
    now: DateTime<Utc>,
) -> Option<Result<Value, String>> {
    let nothing = |done: Result<(), String>| done.map(|()| json!({}));
    Some(match action {
        "state" => nothing(to_state(world, number, body, now)),
        "groupe" => nothing(
            unless_filled(body)
                .and_then(|ToGroupe { groupe }| world.change_groupe(number, groupe, now)),
        ),
        "archive" => nothing(world.archive(number, true, None, now)),
        "unarchive" => nothing(world.archive(number, false, None, now)),
        "hide_by_usager" => nothing(world.hide(number, true, now)),
        "hide_by_administration" => nothing(world.hide(number, false, now)),
        "expire" => nothing(world.expire(number, now)),
        "restore" => nothing(world.restore(number, now)),
        "delete" => nothing(unless_filled(body).and_then(|Deletion { reason }| {
            world.delete(number, reason.unwrap_or(DeletedReason::UserRequest), now)
        })),
        "delete_account" => nothing(world.delete_account(number, now)),
        "rename" => nothing(
            unless_filled(body)
                .and_then(|Renaming { demandeur }| world.rename(number, demandeur, now)),
        ),
        "touch" => nothing(world.touch(number, now, |_, _, _| Ok(()))),
        "correct" => nothing(world.correct(number, now)),
        "add_label" => nothing(
            label(world, number, body).and_then(|label| world.add_label(number, label, now)),
        ),
        "remove_label" => nothing(
            label(world, number, body).and_then(|label| world.remove_label(number, label, now)),
        ),
        "message" => unless_filled(body)
            .and_then(|said: Said| {
                world.usager_writes(number, said.email.as_deref(), &said.body, now)
            })
            .map(|id| json!({"message": id})),
        "instructeur_message" => {
            instructeur_says(world, number, body, now).map(|id| json!({"message": id}))
        }
        "annotate" => nothing(
            filled(world, number, body, true)
                .and_then(|(id, value)| world.annotate(number, &[(id, value)], now)),
        ),
        "champ" => nothing(
            filled(world, number, body, false)
                .and_then(|(id, value)| world.fill_in(number, id, &value, now)),
        ),
        _ => return None,
    })
}

fn to_state(
    world: &mut World,
    number: i64,
    body: &Bytes,
    now: DateTime<Utc>,
) -> Result<(), String> {
    let ToState { state, motivation, email } = unless_filled(body)?;
    let Some(email) = email else { return world.bring_to(number, state, now) };
    let by = world.instructeur_of(&email).id;
    let decision = Decision { state, motivation: motivation.as_deref(), told: true };
    world.decide(number, decision, Some(by), now)
}

fn instructeur_says(
    world: &mut World,
    number: i64,
    body: &Bytes,
    now: DateTime<Utc>,
) -> Result<i64, String> {
    let Said { body, email, correction } = unless_filled(body)?;
    let email = email.ok_or_else(|| "email: whose".to_owned())?;
    let by = world.instructeur_of(&email).id;
    world.instructeur_writes(number, by, &body, correction, now)
}

fn label(world: &World, number: i64, body: &Bytes) -> Result<i64, String> {
    let OneLabel { label } = unless_filled(body)?;
    let name = match label {
        Which::Number(id) => return Ok(id),
        Which::Name(name) => name,
    };
    let dossier = world.dossier(number);
    let demarche = dossier.and_then(|dossier| world.demarche(dossier.demarche));
    let known = demarche.and_then(|d| d.labels.iter().find(|label| label.name == name));
    known.map(|label| label.id).ok_or_else(|| format!("no label {name:?}"))
}

/// The stable id of what is filled in, and its value.
fn filled(
    world: &World,
    number: i64,
    body: &Bytes,
    annotation: bool,
) -> Result<(i64, String), String> {
    let Filled { id, value } = unless_filled(body)?;
    let name = match id {
        Which::Number(id) => return Ok((id, value)),
        Which::Name(name) => name,
    };
    let form: Option<Vec<Descriptor>> = world.dossier(number).and_then(|dossier| {
        let revision = world.demarche(dossier.demarche)?.revision(dossier.revision);
        Some(if annotation { revision.annotations.clone() } else { revision.champs.clone() })
    });
    let known = form.into_iter().flatten().find(|descriptor| descriptor.label == name);
    known.map(|d| (d.stable_id, value)).ok_or_else(|| format!("nothing called {name:?}"))
}
