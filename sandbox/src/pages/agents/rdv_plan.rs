//! A plan that another application asked for: motif, créneau, confirmation, and the way back.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use maud::{Markup, html};
use serde::Deserialize;

use crate::model::{
    Agent, Author, Lieu, LieuId, LocationType, Motif, MotifId, Organisation, RdvPlan, RdvPlanId,
    User,
};
use crate::pages::answer;
use crate::pages::summary::{self, Summary};
use crate::pages::week::Week;
use crate::rules::booking::{self, NewRdv};
use crate::rules::rights;
use crate::rules::slots;
use crate::state::world::World;
use crate::text::dates;
use crate::text::french::{self, fr};
use crate::web::App;
use crate::web::error::Problem;
use crate::web::extract::{Fields, Parameters, Search, optional_id};
use crate::web::layout::{self, step};
use crate::web::links::{link, see_other};
use crate::web::visitor::{Flash, Visitor};

const STEPS: usize = 3;

/// What is chosen already.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    #[serde(deserialize_with = "optional_id")]
    motif_id: Option<MotifId>,
    #[serde(deserialize_with = "optional_id")]
    lieu_id: Option<LieuId>,
    date: Option<String>,
    starts_at: Option<String>,
}

impl Chosen {
    fn link(&self, plan: &RdvPlan) -> String {
        link(
            &format!("/agents/rdv_plans/{}", plan.id),
            &[
                ("motif_id", self.motif_id.map(|id| id.to_string())),
                ("lieu_id", self.lieu_id.map(|id| id.to_string())),
                ("date", self.date.clone()),
                ("starts_at", self.starts_at.clone()),
            ],
        )
    }
}

/// A plan with what it is made of.
struct Planning<'a> {
    plan: &'a RdvPlan,
    agent: &'a Agent,
    user: &'a User,
}

impl<'a> Planning<'a> {
    fn find(world: &'a World, id: RdvPlanId) -> Result<Self, Problem> {
        let plan = world.rdv_plans.get(&id).ok_or(Problem::NotFound)?;
        let agent = world.agents.get(&plan.agent_id).ok_or(Problem::NotFound)?;
        Ok(Self { plan, agent, user: world.user(plan.user_id)? })
    }

    /// The motif, when the agent may plan it and one person comes to it.
    fn motif(&self, world: &'a World, id: Option<MotifId>) -> Option<&'a Motif> {
        self.motifs(world).into_iter().find(|motif| Some(motif.id) == id)
    }

    fn motifs(&self, world: &'a World) -> Vec<&'a Motif> {
        let mine =
            |motif: &&Motif| !motif.collectif && rights::sees_motif(world, self.agent, motif);
        world.motifs.values().filter(mine).collect()
    }

    /// What the file of the person lacks for this motif.
    fn lack(&self, motif: &Motif, world: &World) -> Option<&'static str> {
        match motif.location_type {
            LocationType::Phone if summary::phone_of(world, self.user).is_none() => {
                Some("Cet usager n’a pas de numéro de téléphone : choisissez un autre motif.")
            }
            LocationType::Home if self.user.address.is_none() => {
                Some("Cet usager n’a pas d’adresse : choisissez un autre motif.")
            }
            _ => None,
        }
    }

    /// Where the other application is.
    fn ways_back(&self) -> Markup {
        html! {
            @if let Some(url) = &self.plan.return_url {
                p { a href=(url) { "Retour sur l’application" } }
            }
            @if let Some(url) = &self.plan.dossier_url {
                p { a href=(url) { "Voir le dossier" } }
            }
        }
    }

    fn heading(&self) -> Markup {
        html! {
            p.chosen { (fr("Rendez-vous à planifier pour ")) strong { (self.user.full_name()) }
                (fr(", par ")) (self.agent.full_name()) }
        }
    }
}

/// `GET /agents/rdv_plans/{id}`: the step that what is chosen leads to.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<RdvPlanId>,
    Search(chosen): Search<Chosen>,
) -> Response {
    let page = app.store.read(|world, now| {
        let planning = Planning::find(world, id)?;
        let (title, body) = choose_step(world, now, &planning, &chosen)?;
        let body = html! { (planning.heading()) (body) (planning.ways_back()) };
        Ok(layout::page(&visitor, title, body))
    });
    answer(&visitor, page)
}

fn choose_step(
    world: &World,
    now: DateTime<Utc>,
    planning: &Planning<'_>,
    chosen: &Chosen,
) -> Result<(&'static str, Markup), Problem> {
    if let Some(rdv) = planning.plan.rdv_id.and_then(|id| world.rdvs.get(&id)) {
        let summary = Summary::of(world, rdv).ok_or(Problem::NotFound)?;
        let body = html! {
            h1 { "Le rendez-vous est planifié" }
            (summary.show())
            p { a href={ "/agents/rdvs/" (rdv.id) } { "Voir le rendez-vous" } }
        };
        return Ok(("Rendez-vous planifié", body));
    }
    let Some(motif) = planning.motif(world, chosen.motif_id) else {
        return Ok(("Choix du motif", motifs_step(world, planning)));
    };
    if let Some(lack) = planning.lack(motif, world) {
        return Ok((
            "Choix du motif",
            html! {
                p.flash.alert role="alert" { (fr(lack)) }
                (motifs_step(world, planning))
            },
        ));
    }
    let organisation = world.organisation(motif.organisation_id)?;
    let lieu = world.lieux_of(organisation.id).find(|lieu| Some(lieu.id) == chosen.lieu_id);
    if motif.location_type == LocationType::PublicOffice && lieu.is_none() {
        return Ok(("Choix du lieu", lieux_step(world, organisation, planning, motif)));
    }
    match chosen.starts_at.as_deref().and_then(|at| dates::parse(at, organisation.time_zone)) {
        Some(at) => {
            let body = confirm_step(world, planning, organisation, motif, lieu, at);
            Ok(("Confirmation", body))
        }
        None => slots_step(world, now, planning, organisation, motif, chosen),
    }
}

fn motifs_step(world: &World, planning: &Planning<'_>) -> Markup {
    html! {
        (step(1, STEPS))
        h1 { "Choisissez le motif" }
        ul.cards {
            @for motif in planning.motifs(world) {
                @let with = Chosen { motif_id: Some(motif.id), ..Chosen::default() };
                li { a.card href=(with.link(planning.plan)) {
                    strong { (motif.name) }
                    span { (motif.location_type.label()) }
                    @if let Some(o) = world.organisations.get(&motif.organisation_id) { span { (o.name) } }
                } }
            }
        }
    }
}

fn lieux_step(
    world: &World,
    organisation: &Organisation,
    planning: &Planning<'_>,
    motif: &Motif,
) -> Markup {
    html! {
        (step(1, STEPS))
        h1 { "Choisissez le lieu" }
        ul.cards {
            @for lieu in world.lieux_of(organisation.id) {
                @let with = Chosen { motif_id: Some(motif.id), lieu_id: Some(lieu.id), ..Chosen::default() };
                li { a.card href=(with.link(planning.plan)) { strong { (lieu.name) } span { (lieu.address) } } }
            }
        }
    }
}

fn slots_step(
    world: &World,
    now: DateTime<Utc>,
    planning: &Planning<'_>,
    organisation: &Organisation,
    motif: &Motif,
    chosen: &Chosen,
) -> Result<(&'static str, Markup), Problem> {
    let date = chosen.date.as_deref().and_then(|date| date.parse::<NaiveDate>().ok());
    let week = Week::find(world, slots::Search::new(motif, now), date)?;
    let slot = |start| {
        let starts_at = Some(dates::ruby(start, organisation.time_zone));
        Chosen { starts_at, ..chosen.clone() }.link(planning.plan)
    };
    let other_week = |monday: NaiveDate| {
        Chosen { date: Some(monday.to_string()), ..chosen.clone() }.link(planning.plan)
    };
    let body = html! {
        (step(2, STEPS))
        h1 { "Choisissez le créneau" }
        (week.show(slot, other_week))
        p { a href=(Chosen::default().link(planning.plan)) { "Changer de motif" } }
    };
    Ok(("Choix du créneau", body))
}

fn confirm_step(
    world: &World,
    planning: &Planning<'_>,
    organisation: &Organisation,
    motif: &Motif,
    lieu: Option<&Lieu>,
    starts_at: DateTime<Utc>,
) -> Markup {
    let lines = Summary {
        motif,
        organisation,
        date: french::date_and_hour(starts_at, organisation.time_zone),
        duration: french::duration(motif.duration()),
        place: match motif.location_type {
            LocationType::Home => planning.user.address.clone(),
            _ => lieu.map(|lieu| format!("{}, {}", lieu.name, lieu.address)),
        },
        phone: summary::phone_of(world, planning.user),
        visio_url: None,
        people: vec![planning.user.full_name()],
    };
    let slots = Chosen {
        motif_id: Some(motif.id),
        lieu_id: lieu.map(|lieu| lieu.id),
        date: Some(dates::day(starts_at, organisation.time_zone).to_string()),
        starts_at: None,
    };
    html! {
        (step(3, STEPS))
        h1 { "Confirmez le rendez-vous" }
        (lines.show())
        form method="post" action={ "/agents/rdv_plans/" (planning.plan.id) } {
            input type="hidden" name="motif_id" value=(motif.id);
            input type="hidden" name="starts_at" value=(dates::ruby(starts_at, organisation.time_zone));
            @if let Some(lieu) = lieu { input type="hidden" name="lieu_id" value=(lieu.id); }
            button type="submit" { "Confirmer le rendez-vous" }
        }
        p { a href=(slots.link(planning.plan)) { "Choisir un autre créneau" } }
    }
}

/// `POST /agents/rdv_plans/{id}`: books, once. The slot may have gone since the page was shown.
pub async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<RdvPlanId>,
    Fields(chosen): Fields<Chosen>,
) -> Response {
    let planned = app.store.change(|world, now| book(world, id, &chosen, now)).await;
    match planned {
        Err(Problem::Unreadable) => {
            let body = html! {
                h1 { "Il manque le motif ou le créneau" }
                p { a href={ "/agents/rdv_plans/" (id) } { "Reprendre la planification" } }
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            layout::page_with_status(status, &visitor, "Planification incomplète", body)
        }
        other => answer(&visitor, other),
    }
}

fn book(
    world: &mut World,
    id: RdvPlanId,
    chosen: &Chosen,
    now: DateTime<Utc>,
) -> Result<Response, Problem> {
    let planning = Planning::find(world, id)?;
    let page = Chosen::default().link(planning.plan);
    if planning.plan.rdv_id.is_some_and(|id| world.rdvs.contains_key(&id)) {
        return Ok(see_other(&page));
    }
    let motif = planning.motif(world, chosen.motif_id).ok_or(Problem::Unreadable)?;
    let organisation = world.organisation(motif.organisation_id)?;
    let at_lieu = motif.location_type == LocationType::PublicOffice;
    let lieu_id = chosen
        .lieu_id
        .filter(|id| at_lieu && world.lieux_of(organisation.id).any(|lieu| lieu.id == *id));
    if planning.lack(motif, world).is_some() || at_lieu != lieu_id.is_some() {
        return Err(Problem::Unreadable);
    }
    let starts_at = chosen
        .starts_at
        .as_deref()
        .and_then(|at| dates::parse(at, organisation.time_zone))
        .ok_or(Problem::Unreadable)?;
    let free = slots::agents_for(world, slots::Search::new(motif, now), starts_at)?;
    // The agent who plans meets the person, unless they have something else.
    let planner = planning.agent.id;
    let Some(agent_id) = free.iter().find(|id| **id == planner).or(free.first()).copied() else {
        let slots = Chosen { starts_at: None, ..chosen.clone() }.link(planning.plan);
        return Ok(Flash::SlotTaken.on(see_other(&slots)));
    };
    let new = NewRdv {
        motif_id: motif.id,
        lieu_id,
        starts_at,
        duration: None,
        agent_id,
        user_id: planning.user.id,
        created_by: Author::agent(planner),
        context: None,
    };
    let rdv_id = booking::create(world, new, now)?;
    if let Some(plan) = world.rdv_plans.get_mut(&id) {
        plan.rdv_id = Some(rdv_id);
        plan.updated_at = now;
    }
    Ok(Flash::Planned.on(see_other(&page)))
}
