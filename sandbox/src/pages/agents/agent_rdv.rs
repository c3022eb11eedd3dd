//! One rendez-vous, as agents see it: any status, any time, notes, deletion.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::agenda::agents_of;
use crate::model::{AgentId, LieuId, OrganisationId, Rdv, RdvId, Status};
use crate::pages::answer;
use crate::pages::summary::Summary;
use crate::rules::edit::{self, Edit};
use crate::rules::lifecycle;
use crate::state::world::World;
use crate::text::dates;
use crate::text::french::fr;
use crate::web::App;
use crate::web::error::Problem;
use crate::web::extract::{Fields, Parameters, optional_id};
use crate::web::layout;
use crate::web::links::{found, see_other};
use crate::web::visitor::{Flash, Visitor};

const SHOWN: usize = 20;

/// `GET /admin/organisations/{id}/rdvs/{rdv_id}`: the address that older links use.
pub async fn of_organisation(Parameters((_, id)): Parameters<(OrganisationId, RdvId)>) -> Response {
    found(&format!("/agents/rdvs/{id}"))
}

/// `GET /agents/rdvs/{id}`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<RdvId>,
) -> Response {
    let page = app.store.read(|world, _| {
        let rdv = world.rdv(id)?;
        let summary = Summary::of(world, rdv).ok_or(Problem::NotFound)?;
        let body = html! {
            p { a href="/agents/agenda" { "Retour à l’agenda" } }
            h1 { "Rendez-vous n° " (id) }
            p { span class={ "status " (rdv.status.code()) } { (rdv.status.label()) } }
            (summary.show())
            p { (fr("Agent : ")) (agents_of(world, rdv)) }
            p { (fr("Lien court de l’usager : ")) (short_link(rdv)) }
            p { a href={ "/admin/deliveries?rdv_id=" (id) } { "Notifications de ce rendez-vous" } }
            (people(world, rdv))
            (status_form(rdv))
            @if rdv.participations.len() > 1 { (participations_form(rdv)) }
            (move_form(world, rdv))
            (context_form(rdv))
            (destroy_form(rdv))
        };
        Ok(layout::page(&visitor, &format!("Rendez-vous n° {id}"), body))
    });
    answer(&visitor, page)
}

/// The platform writes it in its mails only; the sandbox sends none.
fn short_link(rdv: &Rdv) -> Markup {
    html! {
        @for part in &rdv.participations {
            @let path = format!("/r/{}/{}", rdv.id, part.token);
            a href=(path) { (path) } " "
        }
    }
}

/// Who comes, with the numbers that the people's page asks for.
fn people(world: &World, rdv: &Rdv) -> Markup {
    html! {
        h2 { "Participants" }
        ul {
            @for part in rdv.participations.iter().take(SHOWN) {
                @if let Some(user) = world.users.get(&part.user_id) {
                    li { (user.full_name()) ", fiche n° " (user.id) ", " (part.status.label().to_lowercase()) }
                }
            }
            @if rdv.participations.len() > SHOWN { li { "et " (rdv.participations.len() - SHOWN) " autres" } }
        }
        p { a href="/agents/usagers" { "Fusionner ou anonymiser des fiches" } }
    }
}

/// One event for each participant.
fn participations_form(rdv: &Rdv) -> Markup {
    html! {
        form method="post" action={ "/agents/rdvs/" (rdv.id) "/participations" } {
            div.field {
                label for="each" { "Statut de chaque participant" }
                select id="each" name="status" {
                    @for status in Status::ALL { option value=(status.code()) { (status.label()) } }
                }
            }
            button type="submit" { "Changer chaque participation" }
        }
    }
}

fn status_form(rdv: &Rdv) -> Markup {
    html! {
        h2 { "Statut" }
        form method="post" action={ "/agents/rdvs/" (rdv.id) "/status" } {
            div.field {
                label for="status" { "Statut du rendez-vous" }
                select id="status" name="status" {
                    @for status in Status::ALL {
                        option value=(status.code()) selected[status == rdv.status] { (status.label()) }
                    }
                }
            }
            button type="submit" { "Changer le statut" }
        }
    }
}

fn move_form(world: &World, rdv: &Rdv) -> Markup {
    let zone = world
        .organisations
        .get(&rdv.organisation_id)
        .map_or(dates::PARIS, |organisation| organisation.time_zone);
    let first = rdv.agent_ids.first().copied();
    let second = rdv.agent_ids.get(1).copied();
    html! {
        h2 { "Date, agents et lieu" }
        form method="post" action={ "/agents/rdvs/" (rdv.id) "/move" } {
            div.field {
                label for="starts_at" { "Date et heure" }
                input type="datetime-local" id="starts_at" name="starts_at" required
                    value=(dates::wall_clock_value(rdv.starts_at, zone));
            }
            div.field {
                label for="agent_id" { "Agent" }
                (agents(world, rdv, "agent_id", first, false))
            }
            div.field {
                label for="other_agent_id" { "Autre agent" span.hint { " (facultatif)" } }
                (agents(world, rdv, "other_agent_id", second, true))
            }
            @if rdv.lieu_id.is_some() {
                div.field {
                    label for="lieu_id" { "Lieu" }
                    select id="lieu_id" name="lieu_id" {
                        @for lieu in world.lieux_of(rdv.organisation_id) {
                            option value=(lieu.id) selected[rdv.lieu_id == Some(lieu.id)] { (lieu.name) }
                        }
                    }
                }
            }
            button type="submit" { "Enregistrer la date, les agents et le lieu" }
        }
    }
}

fn agents(world: &World, rdv: &Rdv, name: &str, chosen: Option<AgentId>, or_none: bool) -> Markup {
    html! {
        select id=(name) name=(name) {
            @if or_none { option value="" { "Aucun" } }
            @for agent in world.agents_of(rdv.organisation_id) {
                option value=(agent.id) selected[chosen == Some(agent.id)] { (agent.full_name()) }
            }
        }
    }
}

fn context_form(rdv: &Rdv) -> Markup {
    html! {
        h2 { "Contexte" }
        form method="post" action={ "/agents/rdvs/" (rdv.id) "/context" } {
            div.field {
                label for="context" { "Notes des agents" span.hint { " (facultatif)" } }
                textarea id="context" name="context" rows="3" maxlength="2000" { (rdv.context.as_deref().unwrap_or_default()) }
            }
            button type="submit" { "Enregistrer le contexte" }
        }
    }
}

fn destroy_form(rdv: &Rdv) -> Markup {
    html! {
        h2 { "Suppression" }
        details {
            summary { "Supprimer ce rendez-vous" }
            p { "Il disparaît pour tout le monde. Pour prévenir l’usager, changez plutôt son statut." }
            form method="post" action={ "/agents/rdvs/" (rdv.id) "/destroy" } {
                input type="hidden" name="_method" value="delete";
                button.danger type="submit" { "Supprimer définitivement" }
            }
        }
    }
}

fn back_to(id: RdvId) -> Response {
    Flash::Saved.on(see_other(&format!("/agents/rdvs/{id}")))
}

/// A status, as its form sends it.
#[derive(Debug, Deserialize)]
pub struct StatusForm {
    status: Status,
}

/// `POST /agents/rdvs/{id}/status`
pub async fn set_status(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<RdvId>,
    Fields(form): Fields<StatusForm>,
) -> Response {
    let act = |world: &mut World, now| lifecycle::set_status(world, id, form.status, now);
    let done = app.store.change(act).await;
    answer(&visitor, done.map(|()| back_to(id)).map_err(Problem::from))
}

/// `POST /agents/rdvs/{id}/participations`
pub async fn set_each_participation(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<RdvId>,
    Fields(form): Fields<StatusForm>,
) -> Response {
    let act =
        |world: &mut World, now| lifecycle::set_each_participation(world, id, form.status, now);
    let done = app.store.change(act).await;
    answer(&visitor, done.map(|()| back_to(id)).map_err(Problem::from))
}

/// A time, agents and a lieu, as their form sends them.
#[derive(Debug, Deserialize)]
pub struct MoveForm {
    starts_at: String,
    #[serde(default, deserialize_with = "optional_id")]
    agent_id: Option<AgentId>,
    /// None: as it was; blank: nobody else.
    other_agent_id: Option<String>,
    #[serde(default, deserialize_with = "optional_id")]
    lieu_id: Option<LieuId>,
}

impl MoveForm {
    /// Whom one meets from then on, when the form says so.
    fn agent_ids(&self, rdv: &Rdv) -> Option<Vec<AgentId>> {
        let first = self.agent_id.or(rdv.agent_ids.first().copied())?;
        let second = match self.other_agent_id.as_deref().map(str::trim) {
            Some(typed) => typed.parse().ok().map(AgentId),
            None => rdv.agent_ids.get(1).copied(),
        };
        Some(std::iter::once(first).chain(second.filter(|id| *id != first)).collect())
    }
}

/// `POST /agents/rdvs/{id}/move`
pub async fn reschedule(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<RdvId>,
    Fields(form): Fields<MoveForm>,
) -> Response {
    let done = app
        .store
        .change(|world, now| {
            let zone = world.organisation(world.rdv(id)?.organisation_id)?.time_zone;
            let start = dates::parse(&form.starts_at, zone).ok_or(Problem::Unreadable)?;
            let agent_ids = form.agent_ids(world.rdv(id)?);
            let (starts_at, lieu_id) = (Some(start), form.lieu_id);
            let edit = Edit { starts_at, agent_ids, lieu_id, ..Edit::default() };
            edit::edit_by_agent(world, id, edit, now)?;
            Ok(back_to(id))
        })
        .await;
    answer(&visitor, done)
}

/// Notes, as their form sends them.
#[derive(Debug, Deserialize)]
pub struct ContextForm {
    context: String,
}

/// `POST /agents/rdvs/{id}/context`
pub async fn set_context(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<RdvId>,
    Fields(form): Fields<ContextForm>,
) -> Response {
    let edit = Edit { context: Some(form.context), ..Edit::default() };
    let act = |world: &mut World, now| edit::edit_by_agent(world, id, edit, now);
    let done = app.store.change(act).await;
    answer(&visitor, done.map(|()| back_to(id)).map_err(Problem::from))
}

/// `DELETE /agents/rdvs/{id}`
pub async fn destroy(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<RdvId>,
) -> Response {
    let act = |world: &mut World, now| lifecycle::destroy(world, id, None, now);
    let done = app.store.change(act).await;
    let gone = |()| Flash::Destroyed.on(see_other("/agents/agenda"));
    answer(&visitor, done.map(gone).map_err(Problem::from))
}
