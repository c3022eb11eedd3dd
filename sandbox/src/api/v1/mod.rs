//! The REST API, version 1, as the contract describes it (section 2). Everything is done in the name of
//! an agent: there is no machine account.

mod caller;
mod errors;
mod faults;
mod organisations;
mod page;
mod params;
mod rdv_plans;
mod rdvs;
mod users;
mod webhook_endpoints;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, patch, post};

pub use params::Params;

use crate::web::App;

/// The routes of the API and of OAuth's token endpoint, which fail together when told to.
pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .nest("/api/v1", own().fallback(errors::unknown_route))
        .merge(super::oauth::routes())
        .layer(from_fn_with_state(app.clone(), faults::answer))
}

fn own() -> Router<App> {
    Router::new()
        .route("/agents/me", get(organisations::me))
        .route("/agents", get(organisations::agents))
        .route("/organisations", get(organisations::list))
        .route("/organisations/{id}", get(organisations::show))
        .route("/organisations/{id}/motifs", get(organisations::motifs))
        .route("/organisations/{id}/rdvs", get(rdvs::of_organisation))
        .route("/rdvs", get(rdvs::list))
        .route("/rdvs/{id}/update_status", patch(rdvs::update_status))
        .route("/participations/{id}", patch(rdvs::update_participation))
        .route("/users", get(users::list).post(users::create))
        .route("/users/{id}", get(users::show).patch(users::update))
        .route("/users/{id}/rdv_invitation_token", post(users::invitation_token))
        .route("/user_profiles", post(users::create_profile))
        .route("/organisations/{id}/users", get(users::of_organisation))
        .route("/organisations/{id}/users/{user_id}", get(users::one_of_organisation))
        .route(
            "/organisations/{id}/webhook_endpoints",
            get(webhook_endpoints::list).post(webhook_endpoints::create),
        )
        .route(
            "/organisations/{id}/webhook_endpoints/{endpoint_id}",
            patch(webhook_endpoints::update),
        )
        .route("/rdv_plans", post(rdv_plans::create))
        .route("/rdv_plans/{id}", get(rdv_plans::show))
}
