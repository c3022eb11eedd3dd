//! The video room, as far as a demonstration needs one.

use axum::extract::State;
use axum::response::Response;
use maud::html;

use crate::text::french;
use crate::web::App;
use crate::web::extract::Parameters;
use crate::web::layout;
use crate::web::visitor::Visitor;

/// `GET /visio/{room}`: both people who follow the same link see the same room.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(room): Parameters<String>,
) -> Response {
    let date = app.store.read(|world, _| {
        let rdv = world.rdvs.values().find(|rdv| rdv.room() == room)?;
        let zone = world.organisations.get(&rdv.organisation_id)?.time_zone;
        Some(french::date_and_hour(rdv.starts_at, zone))
    });
    let body = html! {
        h1 { "Salle de visioconférence" }
        @match date {
            Some(date) => p { "Rendez-vous du " strong { (date) } "." },
            None => p { "Aucun rendez-vous n’est prévu dans cette salle." },
        }
        div.room {
            p { "Vous êtes dans la salle" }
            p.name { (room) }
            p.hint { "Ici s’ouvrirait la visioconférence. Les autres participants rejoignent cette salle par le même lien." }
        }
    };
    layout::page(&visitor, "Salle de visioconférence", body)
}
