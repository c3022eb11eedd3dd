//! Changing people's files, and telling everything again.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, read, unreadable};
use crate::model::{EndpointId, UserId};
use crate::rules::people;
use crate::state::world::Missing;
use crate::web::App;
use crate::webhooks;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    /// The person who stays after a merge.
    into: Option<UserId>,
}

/// `POST /__sandbox/users/{id}/{action}`: `merge` or `anonymise`; answers the rendez-vous that speak of it.
pub async fn act(
    State(app): State<App>,
    Path((id, action)): Path<(UserId, String)>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let change: Change = read(&body)?;
    app.store
        .change(|world, now| match action.as_str() {
            "merge" => {
                let into = change.into.ok_or_else(|| unreadable("into: a person is expected"))?;
                let rdvs = people::merge_users(world, id, into, now)?;
                Ok(Json(json!({"rdvs": rdvs})))
            }
            "anonymise" => {
                people::anonymise(world, id)?;
                Ok(Json(json!({"rdvs": []})))
            }
            _ => Err(Missing.into()),
        })
        .await
}

/// `POST /__sandbox/endpoints/{id}/backfill`: `created` again for every rendez-vous of the organisation.
pub async fn backfill(
    State(app): State<App>,
    Path(id): Path<EndpointId>,
) -> Result<Json<Value>, Refused> {
    app.store
        .change(|world, now| {
            world.endpoints.get(&id).ok_or(Missing)?;
            let count = webhooks::backfill(world, id, now);
            Ok(Json(json!({"deliveries": count})))
        })
        .await
}
