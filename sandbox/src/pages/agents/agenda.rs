//! What agents see first: all rendez-vous, or those of one of them.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use crate::model::{Agent, AgentId, Rdv};
use crate::pages::summary::Summary;
use crate::state::world::World;
use crate::web::App;
use crate::web::extract::{Search, optional_id};
use crate::web::layout;
use crate::web::visitor::Visitor;

/// Whose agenda.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    #[serde(deserialize_with = "optional_id")]
    agent_id: Option<AgentId>,
}

/// `GET /agents/agenda`
pub async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Search(filter): Search<Filter>,
) -> Response {
    let body = app.store.read(|world, _| {
        let mut rdvs: Vec<_> = world
            .rdvs
            .values()
            .filter(|rdv| filter.agent_id.is_none_or(|id| rdv.agent_ids.contains(&id)))
            .collect();
        rdvs.sort_by_key(|rdv| (rdv.starts_at, rdv.id));
        html! {
            h1 { "Agenda" }
            (agent_filter(world, &filter))
            @if rdvs.is_empty() { p { "Aucun rendez-vous." } }
            @else { (table(world, &rdvs)) }
        }
    });
    layout::page(&visitor, "Agenda", body)
}

fn agent_filter(world: &World, filter: &Filter) -> Markup {
    html! {
        nav.filter aria-label="Agents" {
            a href="/agents/agenda" aria-current=[filter.agent_id.is_none().then_some("page")] { "Tous les agents" }
            @for agent in world.agents.values() {
                a href={ "/agents/agenda?agent_id=" (agent.id) }
                    aria-current=[(filter.agent_id == Some(agent.id)).then_some("page")] { (agent.full_name()) }
            }
        }
    }
}

fn table(world: &World, rdvs: &[&Rdv]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Rendez-vous" {
            table {
                thead { tr {
                    th scope="col" { "N°" } th scope="col" { "Date" } th scope="col" { "Usager" }
                    th scope="col" { "Motif" } th scope="col" { "Agent" } th scope="col" { "Statut" }
                } }
                tbody {
                    @for rdv in rdvs {
                        @if let Some(summary) = Summary::of(world, rdv) {
                            tr {
                                td { a href={ "/agents/rdvs/" (rdv.id) } { (rdv.id) } }
                                td { (summary.date) }
                                td { (summary.people.join(", ")) }
                                td { (summary.motif.name) ", " (summary.motif.location_type.label().to_lowercase()) }
                                td { (agents_of(world, rdv)) }
                                td { span class={ "status " (rdv.status.code()) } { (rdv.status.label()) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The names of the agents one meets.
pub fn agents_of(world: &World, rdv: &Rdv) -> String {
    let names: Vec<_> =
        rdv.agent_ids.iter().filter_map(|id| world.agents.get(id)).map(Agent::full_name).collect();
    names.join(", ")
}
