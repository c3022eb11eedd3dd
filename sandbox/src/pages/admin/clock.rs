//! The platform's time, set by hand: a part of the page of disturbances.

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use maud::{Markup, html};
use serde::Deserialize;

use super::disturbances::PAGE;
use crate::state::clock::{Clock, wall_clock};
use crate::text::dates::{self, PARIS};
use crate::text::french::{self, fr};
use crate::web::App;
use crate::web::error::Problem;
use crate::web::extract::Fields;
use crate::web::links::see_other;
use crate::web::visitor::{Flash, Visitor};

/// The time it is, and the form that changes it.
pub fn form(clock: Clock, now: DateTime<Utc>) -> Markup {
    let state = match clock {
        Clock::Real => "celle de la machine",
        Clock::Shifted { .. } => "décalée, elle avance",
        Clock::Frozen { .. } => "arrêtée",
    };
    html! {
        p { (fr("Pour la plateforme, nous sommes le ")) strong { (french::date_and_hour(now, PARIS)) } " (heure " (state) ")." }
        form method="post" action={ (PAGE) "/horloge" } {
            div.field {
                label for="now" { "Date et heure, à Paris" }
                input type="datetime-local" id="now" name="now" required value=(dates::wall_clock_value(now, PARIS));
            }
            div.check {
                input type="checkbox" id="frozen" name="frozen" value="1" checked[matches!(clock, Clock::Frozen { .. })];
                label for="frozen" { "Arrêter le temps" }
            }
            button type="submit" { "Régler l’horloge" }
        }
        @if clock != Clock::Real {
            form method="post" action={ (PAGE) "/horloge" } {
                button.plain type="submit" { "Revenir à l’heure de la machine" }
            }
        }
    }
}

/// What the form sends; nothing gives the machine's time back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ClockForm {
    now: Option<String>,
    frozen: Option<String>,
}

/// `POST /admin/perturbations/horloge`
pub async fn set(
    State(app): State<App>,
    visitor: Visitor,
    Fields(form): Fields<ClockForm>,
) -> Response {
    let clock = match form.now.as_deref().map(|text| dates::parse(text, PARIS)) {
        None => Clock::Real,
        Some(Some(at)) if form.frozen.is_some() => Clock::Frozen { at },
        Some(Some(at)) => Clock::starting_at(at, wall_clock()),
        Some(None) => return Problem::Unreadable.page(&visitor),
    };
    app.store.change(|world, _| world.clock = clock).await;
    Flash::Saved.on(see_other(PAGE))
}
