//! What administrateurs do: démarches, groupes, labels, forms, tokens.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::{Refused, read};
use crate::demarches_simplifiees::http::App;
use crate::demarches_simplifiees::model::{LabelColor, Network, NewToken};
use crate::demarches_simplifiees::world::setup::Wanted;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewDemarche {
    number: i64,
    title: String,
}

/// `POST /__sandbox_ds/demarches`
pub async fn add_demarche(State(app): State<App>, body: Bytes) -> Result<Json<Value>, Refused> {
    let NewDemarche { number, title } = read(&body)?;
    app.store.change(|world, now| world.add_demarche(number, &title, now));
    Ok(Json(json!({"number": number})))
}

/// `GET /__sandbox_ds/demarches/{number}`: its groupes, labels and forms.
pub async fn demarche(
    State(app): State<App>,
    Path(number): Path<i64>,
) -> Result<Json<Value>, Refused> {
    let found = app.store.read(|world| world.demarche(number).cloned());
    found.map(|demarche| Json(json!(*demarche))).ok_or(Refused::Missing)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewGroupe {
    label: String,
}

/// `POST /__sandbox_ds/demarches/{number}/groupes`
pub async fn add_groupe(
    State(app): State<App>,
    Path(number): Path<i64>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let NewGroupe { label } = read(&body)?;
    let id = app.store.change(|world, _| world.add_groupe(number, &label))?;
    Ok(Json(json!({"id": id})))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewLabel {
    name: String,
    #[serde(default)]
    color: Option<LabelColor>,
}

/// `POST /__sandbox_ds/demarches/{number}/labels`
pub async fn make_label(
    State(app): State<App>,
    Path(number): Path<i64>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let NewLabel { name, color } = read(&body)?;
    let color = color.unwrap_or(LabelColor::BlueEcume);
    let id = app.store.change(|world, _| world.make_label(number, &name, color))?;
    Ok(Json(json!({"id": id})))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(default)]
    champs: Vec<Wanted>,
    #[serde(default)]
    annotations: Vec<Wanted>,
}

/// `POST /__sandbox_ds/demarches/{number}/revision`: another form.
pub async fn revise(
    State(app): State<App>,
    Path(number): Path<i64>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let Form { champs, annotations } = read(&body)?;
    let id = app.store.change(|world, now| world.revise(number, &champs, &annotations, now))?;
    Ok(Json(json!({"id": id})))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct GroupeChange {
    add: Vec<String>,
    remove: Vec<String>,
    closed: Option<bool>,
    label: Option<String>,
}

/// `POST /__sandbox_ds/groupes/{id}`: who is of it.
pub async fn change_groupe(
    State(app): State<App>,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let change: GroupeChange = read(&body)?;
    let groupe = app.store.change(|world, _| {
        for email in &change.add {
            world.add_member(id, email)?;
        }
        for email in &change.remove {
            world.remove_member(id, email)?;
        }
        world.set_up_groupe(id, |groupe| {
            groupe.closed = change.closed.unwrap_or(groupe.closed);
            groupe.label = change.label.unwrap_or_else(|| groupe.label.clone());
            groupe.clone()
        })
    })?;
    Ok(Json(json!(groupe)))
}

/// `GET /__sandbox_ds/tokens`
pub async fn tokens(State(app): State<App>) -> Json<Value> {
    Json(app.store.read(|world| json!(world.tokens.values().collect::<Vec<_>>())))
}

/// `POST /__sandbox_ds/tokens`
pub async fn make_token(State(app): State<App>, body: Bytes) -> Result<Json<Value>, Refused> {
    let wanted: NewToken = read(&body)?;
    Ok(Json(app.store.change(|world, _| {
        let id = world.make_token(wanted);
        json!(world.tokens[&id])
    })))
}

/// What is left out stays; `null` is a value.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct TokenChange {
    write: Option<bool>,
    #[serde(deserialize_with = "given")]
    demarches: Option<Option<Vec<i64>>>,
    networks: Option<Vec<Network>>,
    locks_on_first_use: Option<bool>,
    #[serde(deserialize_with = "given")]
    expires_at: Option<Option<DateTime<Utc>>>,
    deprecated: Option<bool>,
}

fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// `POST /__sandbox_ds/tokens/{id}`
pub async fn change_token(
    State(app): State<App>,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let change: TokenChange = read(&body)?;
    app.store.change(|world, _| {
        let token = world.tokens.get_mut(&id).ok_or(Refused::Missing)?;
        token.write = change.write.unwrap_or(token.write);
        token.deprecated = change.deprecated.unwrap_or(token.deprecated);
        token.locks_on_first_use = change.locks_on_first_use.unwrap_or(token.locks_on_first_use);
        if let Some(demarches) = change.demarches {
            token.demarches = demarches;
        }
        if let Some(networks) = change.networks {
            token.networks = networks;
        }
        if let Some(expires_at) = change.expires_at {
            token.expires_at = expires_at;
        }
        Ok(Json(json!(token)))
    })
}

/// `DELETE /__sandbox_ds/tokens/{id}`
pub async fn revoke_token(
    State(app): State<App>,
    Path(id): Path<i64>,
) -> Result<Json<Value>, Refused> {
    let known = app.store.change(|world, _| world.tokens.remove(&id));
    known.map(|_| Json(json!({"ok": true}))).ok_or(Refused::Missing)
}
