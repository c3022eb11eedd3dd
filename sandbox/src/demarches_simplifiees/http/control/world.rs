//! The whole of it: starting over, its state in a few numbers, dossiers by the thousand.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, read};
use crate::demarches_simplifiees::http::App;
use crate::demarches_simplifiees::world::seed::{DEMARCHE, fill};
use crate::state::draws::Draws;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reset {
    /// Makes what follows repeatable; without it chance goes on.
    seed: Option<u64>,
}

/// `POST /__sandbox_ds/reset`: as on the first day, without disturbance.
pub async fn reset(State(app): State<App>, body: Bytes) -> Result<Json<Value>, Refused> {
    let Reset { seed } = read(&body)?;
    app.store.change(|world, now| {
        let draws = seed.map_or_else(|| world.draws.clone(), Draws::seeded);
        *world = (app.seed)(draws, now);
    });
    app.store.forget_callers();
    Ok(Json(json!({"ok": true})))
}

/// `GET /__sandbox_ds/state`: what there is, in a few words.
pub async fn state(State(app): State<App>) -> Json<Value> {
    let now = app.store.now();
    Json(app.store.read(|world| {
        let demarches: Vec<Value> = world
            .demarches
            .values()
            .map(|demarche| {
                let index = world.indexes.get(&demarche.number);
                json!({
                    "number": demarche.number,
                    "title": demarche.title,
                    "visible": index.map_or(0, |index| index.by_filing.len()),
                    "pending_deletions": index.map_or(0, |index| index.pending.len()),
                    "deleted": world.deleted.iter().filter(|d| d.demarche == demarche.number).count(),
                })
            })
            .collect();
        json!({
            "now": now,
            "demarches": demarches,
            "dossiers": world.dossiers.len(),
            "messages": world.dossiers.values().map(|d| d.messages.len()).sum::<usize>(),
            "tokens": world.tokens.values().collect::<Vec<_>>(),
            "faults": world.faults,
            "limits": world.limit,
            "requests": world.requests,
            "webhooks": {"mode": world.webhooks, "endpoints": world.endpoints.len()},
        })
    }))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seed {
    #[serde(default = "usual")]
    demarche: i64,
    dossiers: u32,
}

fn usual() -> i64 {
    DEMARCHE
}

/// `POST /__sandbox_ds/seed`: so many dossiers more; answers the first number, the others follow.
pub async fn seed(State(app): State<App>, body: Bytes) -> Result<Json<Value>, Refused> {
    let Seed { demarche, dossiers } = read(&body)?;
    let first = app.store.change(|world, now| fill(world, demarche, dossiers, now))?;
    Ok(Json(json!({"first": first, "count": dossiers})))
}
