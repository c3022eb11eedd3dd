//! The pages, one file a subject. Everything works without JavaScript: there is none.

mod admin;
mod agents;
mod home;
mod summary;
mod users;
mod visio;
mod week;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post, put};

use self::admin::{clock, deliveries, disturbances, webhook_endpoints};
use self::agents::{agenda, agent_rdv, authorize, people, rdv_plan};
use self::users::{search, short_links, sign_in, user_rdv, user_rdvs, wizard};
use crate::web::App;
use crate::web::error::Problem;
use crate::web::visitor::Visitor;

/// The routes of the pages.
pub fn routes() -> Router<App> {
    public().merge(users()).merge(agents()).merge(admin())
}

fn public() -> Router<App> {
    Router::new()
        .route("/", get(home::show))
        .route("/org/{id}", get(search::public_link))
        .route("/org/{id}/{slug}", get(search::public_link_with_slug))
        .route("/prendre_rdv", get(search::show))
        .route("/creneaux", get(search::direct_slot))
        .route("/visio/{room}", get(visio::show))
        .route("/oauth/authorize", get(authorize::show).post(authorize::decide))
        .route("/r", get(short_links::list))
        .route("/r/{id}", get(short_links::without_token))
        .route("/r/{id}/cr", get(short_links::creneaux))
        .route("/r/{id}/{token}", get(short_links::with_token))
}

/// A browser's form can only POST: each route that the platform has as PUT takes both.
fn users() -> Router<App> {
    Router::new()
        .route("/users/sign_in", get(sign_in::show).post(sign_in::submit))
        .route("/users/sign_out", post(sign_in::leave).delete(sign_in::leave))
        .route("/users/user_name_initials", post(short_links::check_initials))
        .route("/users/rdv_wizard_step/new", get(wizard::show))
        .route("/users/rdv_wizard_step", post(wizard::submit_identity))
        .route("/users/rdvs", get(user_rdvs::show).post(wizard::confirm))
        .route(
            "/users/rdvs/{id}",
            get(user_rdv::show).put(user_rdv::change_slot).post(user_rdv::change_slot),
        )
        .route("/users/rdvs/{id}/creneaux", get(user_rdv::creneaux))
        .route("/users/rdvs/{id}/edit", get(user_rdv::confirm_slot))
        .route(
            "/users/rdvs/{id}/cancel",
            get(user_rdv::confirm_cancel).put(user_rdv::cancel).post(user_rdv::cancel),
        )
}

fn agents() -> Router<App> {
    Router::new()
        .route("/agents/agenda", get(agenda::list))
        .route("/agents/usagers", get(people::list))
        .route("/agents/usagers/fusionner", post(people::merge))
        .route("/agents/usagers/{id}/anonymiser", post(people::anonymise))
        .route("/agents/rdv_plans/{id}", get(rdv_plan::show).post(rdv_plan::confirm))
        .route("/agents/rdvs/{id}", get(agent_rdv::show).delete(agent_rdv::destroy))
        .route("/agents/rdvs/{id}/status", put(agent_rdv::set_status).post(agent_rdv::set_status))
        .route("/agents/rdvs/{id}/move", put(agent_rdv::reschedule).post(agent_rdv::reschedule))
        .route(
            "/agents/rdvs/{id}/context",
            put(agent_rdv::set_context).post(agent_rdv::set_context),
        )
        .route("/agents/rdvs/{id}/participations", post(agent_rdv::set_each_participation))
        .route("/agents/rdvs/{id}/destroy", post(agent_rdv::destroy))
        .route("/admin/organisations/{id}/rdvs/{rdv_id}", get(agent_rdv::of_organisation))
}

fn admin() -> Router<App> {
    Router::new()
        .route("/admin/organisations", get(webhook_endpoints::organisations))
        .route(
            "/admin/organisations/{id}/webhook_endpoints",
            get(webhook_endpoints::show).post(webhook_endpoints::create),
        )
        .route("/admin/webhook_endpoints/{id}", post(webhook_endpoints::update))
        .route("/admin/webhook_endpoints/{id}/destroy", post(webhook_endpoints::destroy))
        .route("/admin/webhook_endpoints/{id}/backfill", post(disturbances::backfill))
        .route("/admin/perturbations", get(disturbances::show))
        .route("/admin/perturbations/notifications", post(disturbances::set_mode))
        .route("/admin/perturbations/horloge", post(clock::set))
        .route("/admin/perturbations/api", post(disturbances::set_faults))
        .route("/admin/deliveries", get(deliveries::list))
        .route("/admin/deliveries/{id}", get(deliveries::show))
        .route("/admin/deliveries/{id}/{action}", post(deliveries::act))
}

/// A page, or the page of its problem.
fn answer(visitor: &Visitor, page: Result<Response, Problem>) -> Response {
    page.unwrap_or_else(|problem| problem.page(visitor))
}
