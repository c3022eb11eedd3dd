//! OAuth's token endpoint, where the application comes without the agent.

use axum::extract::{FromRequest, Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use serde_json::json;
use url::form_urlencoded;

use super::v1::Params;
use crate::config::OauthApplication;
use crate::rules::oauth::{self, GrantError, Issued};
use crate::state::world::World;
use crate::web::App;

/// The routes without a page.
pub fn routes() -> Router<App> {
    Router::new().route("/oauth/token", post(token)).route("/oauth/revoke", post(revoke))
}

/// Why there is no token, as RFC 6749 says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TokenError {
    InvalidClient,
    InvalidRequest,
    InvalidGrant,
    UnsupportedGrantType,
}

impl From<GrantError> for TokenError {
    fn from(error: GrantError) -> Self {
        match error {
            GrantError::InvalidGrant => Self::InvalidGrant,
            GrantError::InvalidRequest => Self::InvalidRequest,
        }
    }
}

impl IntoResponse for TokenError {
    fn into_response(self) -> Response {
        let (status, code, sentence) = match self {
            Self::InvalidClient => (
                StatusCode::UNAUTHORIZED,
                "invalid_client",
                "L’authentification du client a échoué : client inconnu ou secret incorrect.",
            ),
            Self::InvalidRequest => (
                StatusCode::BAD_REQUEST,
                "invalid_request",
                "Il manque un paramètre à la demande, ou l’un d’eux est incorrect.",
            ),
            Self::InvalidGrant => (
                StatusCode::BAD_REQUEST,
                "invalid_grant",
                "L’autorisation fournie est incorrecte, périmée, révoquée, ou d’une autre adresse de retour.",
            ),
            Self::UnsupportedGrantType => (
                StatusCode::BAD_REQUEST,
                "unsupported_grant_type",
                "Ce type d’autorisation n’est pas accepté.",
            ),
        };
        let body = Json(json!({"error": code, "error_description": sentence}));
        let mut response = (status, [(CACHE_CONTROL, "no-store")], body).into_response();
        if self == Self::InvalidClient {
            let realm =
                axum::http::HeaderValue::from_static(r#"Bearer realm="RDV Service Public""#);
            response.headers_mut().insert(WWW_AUTHENTICATE, realm);
        }
        response
    }
}

/// `POST /oauth/token`
async fn token(State(app): State<App>, request: Request) -> Response {
    let asked = match read(&app, request).await {
        Ok(asked) => asked,
        Err(error) => return error.into_response(),
    };
    let issued = app.store.change(|world, now| issue(world, &asked, now).map(|i| (i, now))).await;
    match issued {
        Ok((issued, now)) => granted(&issued, now),
        Err(error) => error.into_response(),
    }
}

/// `POST /oauth/revoke`: succeeds whatever the token, as RFC 7009 says.
async fn revoke(State(app): State<App>, request: Request) -> Response {
    match read(&app, request).await {
        Ok(asked) => {
            let token = asked.text("token").unwrap_or_default();
            app.store.change(|world, _| oauth::revoke(world, &token)).await;
            Json(json!({})).into_response()
        }
        Err(error) => error.into_response(),
    }
}

/// The fields of a form sent by the application, once it has proved who it is.
async fn read(app: &App, request: Request) -> Result<Params, TokenError> {
    let headers = request.headers().clone();
    let form = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !form.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded")) {
        return Err(TokenError::InvalidRequest);
    }
    let params =
        Params::from_request(request, app).await.map_err(|_| TokenError::InvalidRequest)?;
    let known = &app.config.oauth;
    if proves(known, basic(&headers).or_else(|| in_the_form(&params))) {
        Ok(params)
    } else {
        Err(TokenError::InvalidClient)
    }
}

fn proves(known: &OauthApplication, given: Option<(String, String)>) -> bool {
    given.is_some_and(|(id, secret)| id == known.client_id && secret == known.client_secret)
}

fn in_the_form(params: &Params) -> Option<(String, String)> {
    params.text("client_id").zip(params.text("client_secret"))
}

/// `Authorization: Basic`, its two parts form-encoded as RFC 6749 wants.
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let (scheme, encoded) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let plain = |part: &str| {
        let pair = form_urlencoded::parse(part.as_bytes()).next();
        pair.map_or_else(String::new, |(name, _)| name.into_owned())
    };
    Some((plain(id), plain(secret)))
}

fn issue(world: &mut World, asked: &Params, now: DateTime<Utc>) -> Result<Issued, TokenError> {
    let needed = |name: &str| asked.text(name).ok_or(TokenError::InvalidRequest);
    match needed("grant_type")?.as_str() {
        "authorization_code" => {
            let (code, redirect_uri) = (needed("code")?, needed("redirect_uri")?);
            let verifier = asked.text("code_verifier");
            Ok(oauth::exchange(world, &code, &redirect_uri, verifier.as_deref(), now)?)
        }
        "refresh_token" => {
            let token = needed("refresh_token")?;
            if world.faults.refuse_refresh {
                return Err(TokenError::InvalidGrant);
            }
            Ok(oauth::refresh(world, &token, now)?)
        }
        _ => Err(TokenError::UnsupportedGrantType),
    }
}

fn granted(issued: &Issued, now: DateTime<Utc>) -> Response {
    let body = json!({
        "access_token": issued.access_token,
        "token_type": "Bearer",
        "expires_in": oauth::ACCESS_LASTS.num_seconds(),
        "refresh_token": issued.refresh_token,
        "scope": oauth::SCOPE,
        "created_at": now.timestamp(),
    });
    ([(CACHE_CONTROL, "no-store")], Json(body)).into_response()
}
