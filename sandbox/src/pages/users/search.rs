//! From the public link to a slot: motif, lieu, créneau.

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use maud::{Markup, html};
use serde::Deserialize;

use crate::model::{
    Lieu, LieuId, LocationType, Motif, MotifId, Organisation, OrganisationId, Session,
};
use crate::pages::answer;
use crate::pages::week::Week;
use crate::rules::slots;
use crate::state::world::World;
use crate::text::dates;
use crate::text::french::{self, fr};
use crate::web::App;
use crate::web::error::Problem;
use crate::web::extract::{Parameters, Search, optional_id};
use crate::web::layout::{self, step};
use crate::web::links::{found, link};
use crate::web::visitor::{self, Flash, Visitor};

const INVITATION_LASTS: TimeDelta = TimeDelta::minutes(10);

/// The closed list of what `/prendre_rdv` understands; anything else is lost, as on the platform.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    #[serde(deserialize_with = "optional_id")]
    public_link_organisation_id: Option<OrganisationId>,
    departement: Option<String>,
    #[serde(deserialize_with = "optional_id")]
    motif_id: Option<MotifId>,
    motif_name_with_location_type: Option<String>,
    #[serde(deserialize_with = "optional_id")]
    lieu_id: Option<LieuId>,
    date: Option<String>,
    /// The one organisation of an invitation.
    #[serde(rename = "organisation_ids[]", deserialize_with = "optional_id")]
    organisation_id: Option<OrganisationId>,
    invitation_token: Option<String>,
}

/// `GET /org/{id}`: the public link of an organisation.
pub async fn public_link(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<OrganisationId>,
) -> Response {
    let known = app.store.read(|world, _| world.organisation(id).cloned());
    match known {
        Ok(organisation) => {
            let query = Query {
                public_link_organisation_id: Some(id),
                departement: Some(organisation.departement),
                ..Query::default()
            };
            found(&query.link())
        }
        Err(missing) => Problem::from(missing).page(&visitor),
    }
}

/// `GET /org/{id}/{slug}`: the slug is decorative.
pub async fn public_link_with_slug(
    state: State<App>,
    visitor: Visitor,
    Parameters((id, _slug)): Parameters<(OrganisationId, String)>,
) -> Response {
    public_link(state, visitor, Parameters(id)).await
}

impl Query {
    fn link(&self) -> String {
        let id = |id: Option<i64>| id.map(|id| id.to_string());
        link(
            "/prendre_rdv",
            &[
                (
                    "public_link_organisation_id",
                    id(self.public_link_organisation_id.map(|id| id.0)),
                ),
                ("departement", self.departement.clone()),
                ("motif_id", id(self.motif_id.map(|id| id.0))),
                ("motif_name_with_location_type", self.motif_name_with_location_type.clone()),
                ("lieu_id", id(self.lieu_id.map(|id| id.0))),
                ("date", self.date.clone()),
            ],
        )
    }

    fn with_motif(&self, motif: MotifId) -> Self {
        Self { motif_id: Some(motif), motif_name_with_location_type: None, ..self.clone() }
    }

    /// The motif asked for, by id or as `suivi_de_dossier-visio`; only one of this organisation that
    /// the public may book.
    fn motif<'a>(&self, world: &'a World, organisation: OrganisationId) -> Option<&'a Motif> {
        let by_name = self.motif_name_with_location_type.as_deref();
        world.public_motifs(organisation).find(|motif| match self.motif_id {
            Some(id) => motif.id == id,
            None => by_name == Some(name_with_location_type(motif).as_str()),
        })
    }
}

fn name_with_location_type(motif: &Motif) -> String {
    let words: Vec<_> = motif
        .name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let kind = match motif.location_type {
        LocationType::PublicOffice => "public_office",
        LocationType::Phone => "phone",
        LocationType::Home => "home",
        LocationType::Visio => "visio",
    };
    format!("{}-{kind}", words.join("_"))
}

/// `GET /prendre_rdv`: the step that what is known already leads to.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Search(mut query): Search<Query>,
) -> Response {
    query.public_link_organisation_id = query.public_link_organisation_id.or(query.organisation_id);
    if let Some(token) = query.invitation_token.take() {
        return invited(&app, &token, found(&query.link())).await;
    }
    let page = app.store.read(|world, now| choose_step(world, now, &query));
    let page = page.map(|(title, body)| layout::page(&visitor, &title, body));
    answer(&visitor, page)
}

/// Signs the browser in as the person invited, for a while, then shows the same page.
async fn invited(app: &App, token: &str, page: Response) -> Response {
    let known = app.store.read(|world, now| {
        let user =
            world.users.values().find(|user| user.invitation_token.as_deref() == Some(token))?;
        Some(Session { user_id: user.id, only_rdv: None, expires_at: Some(now + INVITATION_LASTS) })
    });
    match known {
        Some(session) => visitor::sign_in(app, session, page).await,
        None => Flash::InvitationUnknown.on(page),
    }
}

fn choose_step(
    world: &World,
    now: DateTime<Utc>,
    query: &Query,
) -> Result<(String, Markup), Problem> {
    let id = query.public_link_organisation_id.ok_or(Problem::Unreadable)?;
    let organisation = world.organisation(id)?;
    let Some(motif) = query.motif(world, id) else {
        return Ok(motifs_step(world, organisation, query));
    };
    let query = query.with_motif(motif.id);
    let lieu = world.lieux_of(id).find(|lieu| Some(lieu.id) == query.lieu_id);
    if motif.location_type == LocationType::PublicOffice && lieu.is_none() {
        return Ok(lieux_step(world, organisation, motif, &query));
    }
    slots_step(world, now, organisation, motif, lieu, &query)
}

/// How many steps the whole path has with this motif.
pub fn steps(motif: &Motif) -> usize {
    if motif.location_type == LocationType::PublicOffice { 5 } else { 4 }
}

fn motifs_step(world: &World, organisation: &Organisation, query: &Query) -> (String, Markup) {
    let body = html! {
        h1 { "Prenez rendez-vous avec " (organisation.name) }
        h2 { (fr("Sélectionnez le motif de votre RDV :")) }
        ul.cards {
            @for motif in world.public_motifs(organisation.id) {
                li { a.card href=(query.with_motif(motif.id).link()) {
                    strong { (motif.name) }
                    span { (motif.location_type.label()) }
                    span { (fr("Durée : ")) (french::duration(motif.duration())) }
                } }
            }
        }
    };
    (format!("Prenez rendez-vous avec {}", organisation.name), body)
}

fn lieux_step(
    world: &World,
    organisation: &Organisation,
    motif: &Motif,
    query: &Query,
) -> (String, Markup) {
    let body = html! {
        (chosen(organisation, motif, None))
        (step(2, steps(motif)))
        h1 { (fr("Sélectionnez un lieu de RDV :")) }
        ul.cards {
            @for lieu in world.lieux_of(organisation.id) {
                @let there = Query { lieu_id: Some(lieu.id), ..query.clone() };
                li { a.card href=(there.link()) { strong { (lieu.name) } span { (lieu.address) } } }
            }
        }
    };
    ("Choix du lieu".to_owned(), body)
}

fn slots_step(
    world: &World,
    now: DateTime<Utc>,
    organisation: &Organisation,
    motif: &Motif,
    lieu: Option<&Lieu>,
    query: &Query,
) -> Result<(String, Markup), Problem> {
    let date = query.date.as_deref().and_then(|date| date.parse::<NaiveDate>().ok());
    let week = Week::find(world, slots::Search::new(motif, now), date)?;
    let slot = |start| wizard_link(organisation, motif, lieu.map(|lieu| lieu.id), start);
    let other_week =
        |monday: NaiveDate| Query { date: Some(monday.to_string()), ..query.clone() }.link();
    let body = html! {
        (chosen(organisation, motif, lieu))
        (step(steps(motif) - 2, steps(motif)))
        h1 { (fr("Sélectionnez un créneau :")) }
        (week.show(slot, other_week))
    };
    Ok(("Choix du créneau".to_owned(), body))
}

/// What was chosen so far, with the way back.
fn chosen(organisation: &Organisation, motif: &Motif, lieu: Option<&Lieu>) -> Markup {
    let start = format!("/org/{}/{}", organisation.id, organisation.slug);
    html! {
        p.chosen {
            strong { (motif.name) } ", " (motif.location_type.label().to_lowercase())
            @if let Some(lieu) = lieu { ", " (lieu.name) }
            ", avec " (organisation.name) ". "
            a href=(start) { "Changer de motif" }
        }
    }
}

/// The address of the step that asks who books this slot.
pub fn wizard_link(
    organisation: &Organisation,
    motif: &Motif,
    lieu_id: Option<LieuId>,
    starts_at: DateTime<Utc>,
) -> String {
    link(
        "/users/rdv_wizard_step/new",
        &[
            ("motif_id", Some(motif.id.to_string())),
            ("starts_at", Some(dates::ruby(starts_at, organisation.time_zone))),
            ("lieu_id", lieu_id.map(|id| id.to_string())),
            ("public_link_organisation_id", Some(organisation.id.to_string())),
        ],
    )
}

/// Back to the slots of a motif, after one turned out to be taken.
pub fn slots_link(motif: &Motif, lieu_id: Option<LieuId>, starts_at: Option<NaiveDate>) -> String {
    Query {
        public_link_organisation_id: Some(motif.organisation_id),
        motif_id: Some(motif.id),
        lieu_id,
        date: starts_at.map(|date| date.to_string()),
        ..Query::default()
    }
    .link()
}

/// What a direct link to a slot says.
#[derive(Debug, Deserialize)]
pub struct DirectSlot {
    #[serde(deserialize_with = "crate::web::extract::id")]
    motif_id: MotifId,
    starts_at: String,
    #[serde(default, deserialize_with = "optional_id")]
    lieu_id: Option<LieuId>,
}

/// `GET /creneaux`: straight to the person's step, when the slot is still offered.
pub async fn direct_slot(
    State(app): State<App>,
    visitor: Visitor,
    Search(asked): Search<DirectSlot>,
) -> Response {
    let response = app.store.read(|world, now| {
        let motif = world.motif(asked.motif_id)?;
        let organisation = world.organisation(motif.organisation_id)?;
        let starts_at =
            dates::parse(&asked.starts_at, organisation.time_zone).ok_or(Problem::Unreadable)?;
        let free = slots::agents_for(world, slots::Search::new(motif, now), starts_at)?;
        Ok(if free.is_empty() {
            let date = dates::day(starts_at, organisation.time_zone);
            Flash::SlotTaken.on(found(&slots_link(motif, asked.lieu_id, Some(date))))
        } else {
            found(&wizard_link(organisation, motif, asked.lieu_id, starts_at))
        })
    });
    answer(&visitor, response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::story;

    #[test]
    fn a_motif_has_the_name_that_links_use() {
        let world = story::world();
        let name = name_with_location_type(&world.motifs[&MotifId(501)]);
        assert_eq!(name, "suivi_de_dossier-visio");
    }
}
