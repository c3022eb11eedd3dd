//! From a slot to a rendez-vous: who books, for whom, and the confirmation.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use maud::{Markup, html};
use serde::Deserialize;

use super::identity_form::{self, Answer, IdentityForm, Mistake};
use super::search;
use crate::model::{LieuId, Motif, MotifId, Organisation, Session, User, UserId};
use crate::pages::answer;
use crate::pages::summary;
use crate::rules::booking::{self, Booking, BookingError};
use crate::rules::slots;
use crate::state::world::World;
use crate::text::dates;
use crate::text::french::{self, fr};
use crate::web::App;
use crate::web::error::Problem;
use crate::web::extract::{Fields, Search, id, optional_id};
use crate::web::layout::{self, step};
use crate::web::links::{found, link, see_other};
use crate::web::visitor::{self, Flash, Visitor};

/// The slot, carried from step to step as the platform does.
#[derive(Clone, Debug, Deserialize)]
pub struct Wanted {
    #[serde(deserialize_with = "id")]
    motif_id: MotifId,
    starts_at: String,
    #[serde(default, deserialize_with = "optional_id")]
    lieu_id: Option<LieuId>,
    /// For whom, once it is known: the confirmation is shown then.
    #[serde(default, rename = "user_ids[]", deserialize_with = "optional_id")]
    user_id: Option<UserId>,
}

/// The slot with what it is made of.
struct Slot<'a> {
    wanted: &'a Wanted,
    motif: &'a Motif,
    organisation: &'a Organisation,
    starts_at: DateTime<Utc>,
}

impl Wanted {
    fn slot<'a>(&'a self, world: &'a World) -> Result<Slot<'a>, Problem> {
        let motif = world.motif(self.motif_id)?;
        let organisation = world.organisation(motif.organisation_id)?;
        let starts_at =
            dates::parse(&self.starts_at, organisation.time_zone).ok_or(Problem::Unreadable)?;
        Ok(Slot { wanted: self, motif, organisation, starts_at })
    }

    fn hidden_fields(&self) -> Markup {
        html! {
            input type="hidden" name="motif_id" value=(self.motif_id);
            input type="hidden" name="starts_at" value=(self.starts_at);
            @if let Some(lieu_id) = self.lieu_id { input type="hidden" name="lieu_id" value=(lieu_id); }
        }
    }
}

impl Slot<'_> {
    fn is_offered(&self, world: &World, now: DateTime<Utc>) -> Result<bool, Problem> {
        let search = slots::Search::new(self.motif, now);
        Ok(self.motif.bookable_publicly()
            && !slots::agents_for(world, search, self.starts_at)?.is_empty())
    }

    fn back_to_slots(&self) -> String {
        let date = dates::day(self.starts_at, self.organisation.time_zone);
        search::slots_link(self.motif, self.wanted.lieu_id, Some(date))
    }

    fn described(&self, world: &World) -> Markup {
        let lieu = self.wanted.lieu_id.and_then(|id| world.lieux.get(&id));
        html! {
            p.chosen {
                strong { (self.motif.name) } ", " (self.motif.location_type.label().to_lowercase())
                @if let Some(lieu) = lieu { ", " (lieu.name) }
                ", le " strong { (french::date_and_hour(self.starts_at, self.organisation.time_zone)) } ". "
                a href=(self.back_to_slots()) { "Changer de créneau" }
            }
        }
    }
}

/// `GET /users/rdv_wizard_step/new`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Search(wanted): Search<Wanted>,
) -> Response {
    let user = visitor.fully_signed_in();
    let page = app.store.read(|world, now| {
        let slot = wanted.slot(world)?;
        if !slot.is_offered(world, now)? {
            return Ok(Flash::SlotTaken.on(found(&slot.back_to_slots())));
        }
        let (title, body) = match (user, wanted.user_id) {
            (Some(user), Some(user_id)) => {
                let person = world.user(user_id)?;
                if person.id != user.id && person.responsible_id != Some(user.id) {
                    return Err(Problem::Forbidden);
                }
                ("Confirmez votre rendez-vous", confirmation_step(world, &slot, user, person))
            }
            _ => (
                "Vos informations",
                identity_step(world, &slot, &IdentityForm::of(user), user, &[]),
            ),
        };
        Ok(layout::page(&visitor, title, body))
    });
    answer(&visitor, page)
}

fn identity_step(
    world: &World,
    slot: &Slot<'_>,
    form: &IdentityForm,
    user: Option<&User>,
    mistakes: &[Mistake],
) -> Markup {
    let steps = search::steps(slot.motif);
    html! {
        (slot.described(world))
        (step(steps - 1, steps))
        h1 { "Vos informations" }
        (identity_form::summary(mistakes))
        p.hint { "Les champs sont obligatoires, sauf mention contraire." }
        form method="post" action="/users/rdv_wizard_step" novalidate {
            (slot.wanted.hidden_fields())
            (form.show(slot.motif.location_type, user, mistakes))
            button type="submit" { "Continuer" }
        }
    }
}

fn confirmation_step(world: &World, slot: &Slot<'_>, user: &User, person: &User) -> Markup {
    let steps = search::steps(slot.motif);
    let lieu = slot.wanted.lieu_id.and_then(|id| world.lieux.get(&id));
    let home = person.address.clone().or_else(|| user.address.clone());
    let place = match slot.motif.location_type {
        crate::model::LocationType::Home => home,
        _ => lieu.map(|lieu| format!("{}, {}", lieu.name, lieu.address)),
    };
    let lines = summary::Summary {
        motif: slot.motif,
        organisation: slot.organisation,
        date: french::date_and_hour(slot.starts_at, slot.organisation.time_zone),
        duration: french::duration(slot.motif.duration()),
        place,
        phone: summary::phone_of(world, person),
        visio_url: None,
        people: vec![person.full_name()],
    };
    html! {
        (step(steps, steps))
        h1 { "Confirmez votre rendez-vous" }
        (lines.show())
        form method="post" action="/users/rdvs" {
            (slot.wanted.hidden_fields())
            input type="hidden" name="user_ids[]" value=(person.id);
            button type="submit" { "Confirmer le rendez-vous" }
        }
        p { a href=(search::wizard_link(slot.organisation, slot.motif, slot.wanted.lieu_id, slot.starts_at)) {
            "Modifier mes informations" } }
        p { a href=(slot.back_to_slots()) { (fr("Choisir un autre créneau")) } }
    }
}

/// What the identity step sends.
#[derive(Debug, Deserialize)]
pub struct IdentityStep {
    #[serde(flatten)]
    wanted: Wanted,
    #[serde(flatten)]
    form: IdentityForm,
}

/// `POST /users/rdv_wizard_step`: remembers the person, signs them in, and goes on to the confirmation.
pub async fn submit_identity(
    State(app): State<App>,
    visitor: Visitor,
    Fields(IdentityStep { wanted, form }): Fields<IdentityStep>,
) -> Response {
    let user = visitor.fully_signed_in();
    let checked = app.store.read(|world, _| {
        let slot = wanted.slot(world)?;
        Ok(match form.check(slot.motif.location_type, user) {
            Ok(answer) => Ok(answer),
            Err(mistakes) => Err(identity_step(world, &slot, &form, user, &mistakes)),
        })
    });
    match checked {
        Err(problem) => Problem::page(problem, &visitor),
        Ok(Err(body)) => {
            let title = "Erreur : vos informations";
            layout::page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &visitor, title, body)
        }
        Ok(Ok(answer)) => remember(&app, &visitor, &wanted, answer).await,
    }
}

async fn remember(app: &App, visitor: &Visitor, wanted: &Wanted, answer: Answer) -> Response {
    let signed_in = visitor.fully_signed_in().map(|user| user.id);
    let (user_id, person_id) = app
        .store
        .change(|world, now| {
            let user_id = booking::remember(world, signed_in, &answer.identity, now);
            let person_id = match &answer.relative {
                Some((first, last)) => booking::remember_relative(world, user_id, first, last, now),
                None => user_id,
            };
            (user_id, person_id)
        })
        .await;
    let next = see_other(&link(
        "/users/rdv_wizard_step/new",
        &[
            ("step", Some("3".to_owned())),
            ("motif_id", Some(wanted.motif_id.to_string())),
            ("starts_at", Some(wanted.starts_at.clone())),
            ("lieu_id", wanted.lieu_id.map(|id| id.to_string())),
            ("user_ids[]", Some(person_id.to_string())),
        ],
    ));
    if visitor.fully_signed_in().is_some() {
        return next;
    }
    let session = Session { user_id, only_rdv: None, expires_at: None };
    visitor::sign_in(app, session, next).await
}

/// `POST /users/rdvs`: books. The slot may have gone since the page was shown.
pub async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Fields(wanted): Fields<Wanted>,
) -> Response {
    let Some(user) = visitor.fully_signed_in() else {
        return Flash::SignInFirst.on(found("/users/sign_in"));
    };
    let booked = app
        .store
        .change(|world, now| {
            let slot = wanted.slot(world)?;
            let back = slot.back_to_slots();
            let again =
                search::wizard_link(slot.organisation, slot.motif, wanted.lieu_id, slot.starts_at);
            let booking = Booking {
                motif_id: wanted.motif_id,
                lieu_id: wanted.lieu_id,
                starts_at: slot.starts_at,
                user_id: wanted.user_id.unwrap_or(user.id),
                booked_by: user.id,
            };
            if let Some(id) = booking::already_booked(world, booking) {
                return Ok(see_other(&format!("/users/rdvs/{id}")));
            }
            Ok(match booking::book(world, booking, now) {
                Ok(id) => Flash::Booked.on(see_other(&format!("/users/rdvs/{id}"))),
                Err(BookingError::Missing(missing)) => return Err(missing.into()),
                Err(BookingError::NotYourRelative) => return Err(Problem::Forbidden),
                Err(BookingError::SlotTaken | BookingError::LieuRequired) => {
                    Flash::SlotTaken.on(see_other(&back))
                }
                // What the motif needs is asked again where it can be typed.
                Err(BookingError::PhoneRequired | BookingError::AddressRequired) => {
                    see_other(&again)
                }
            })
        })
        .await;
    answer(&visitor, booked)
}
