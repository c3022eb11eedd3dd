//! In whose name a request is made.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use super::errors::ApiError;
use crate::model::{Agent, Organisation, OrganisationId};
use crate::rules::oauth;
use crate::rules::rights;
use crate::state::world::World;
use crate::web::App;

/// The agent whose token came with the request.
pub struct Caller(pub Agent);

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let token = bearer(parts).ok_or(ApiError::Unauthorized)?;
        let agent = app.store.read(|world, now| {
            let id = oauth::agent_of(world, token, now)?;
            world.agents.get(&id).cloned()
        });
        agent.map(Self).ok_or(ApiError::Unauthorized)
    }
}

fn bearer(parts: &Parts) -> Option<&str> {
    let (scheme, token) = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

impl Caller {
    /// One of their organisations.
    ///
    /// # Errors
    /// When it does not exist or is not theirs.
    pub fn organisation<'a>(
        &self,
        world: &'a World,
        id: OrganisationId,
    ) -> Result<&'a Organisation, ApiError> {
        let organisation =
            world.organisations.get(&id).ok_or(ApiError::NotFound("organisation"))?;
        if rights::works_in(world, &self.0, id) {
            Ok(organisation)
        } else {
            Err(ApiError::Forbidden)
        }
    }

    /// One of their organisations, of whose territory they are an administrator.
    ///
    /// # Errors
    /// When it does not exist or they are not.
    pub fn territory_of<'a>(
        &self,
        world: &'a World,
        id: OrganisationId,
    ) -> Result<&'a Organisation, ApiError> {
        let organisation =
            world.organisations.get(&id).ok_or(ApiError::NotFound("organisation"))?;
        if rights::administers_territory(&self.0, organisation) {
            Ok(organisation)
        } else {
            Err(ApiError::Forbidden)
        }
    }
}
