//! The mails that the platform would have sent.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::Refused;
use crate::model::RdvId;
use crate::web::App;
use crate::web::extract::Parameters;

/// `GET /__sandbox/rdvs/{id}/mails`: those about a rendez-vous, the oldest first.
pub async fn list(
    State(app): State<App>,
    Parameters(id): Parameters<RdvId>,
) -> Result<Json<Value>, Refused> {
    app.store.read(|world, _| {
        world.rdv(id)?;
        let mails: Vec<Value> = world
            .mails
            .iter()
            .filter(|mail| mail.rdv_id == id)
            .map(|mail| {
                json!({
                    "to": mail.to,
                    "to_agent": mail.to_agent,
                    "written_at": mail.written_at,
                    "method": mail.method.code(),
                    "ics": mail.ics,
                    "source": mail.source,
                })
            })
            .collect();
        Ok(Json(json!({ "mails": mails })))
    })
}
