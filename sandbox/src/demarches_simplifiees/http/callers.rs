//! Who asks: by what right, from where, and how often.

use std::net::IpAddr;

use axum::http::header::{AUTHORIZATION, HeaderName, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use ipnet::IpNet;

use super::App;
use super::errors::answer;
use crate::demarches_simplifiees::model::{Network, Token};
use crate::demarches_simplifiees::world::{Limit, World};

const TOO_MANY: &str = "Calme toi, cowboy ! T'enchaines un peu trop les requêtes. Respire un peu réessaie dans un petit moment.\n\
                        Calm down, cowboy! You're making too many requests. Take a breather and try again soon.\n";

/// The header by which callers are counted.
fn authorization(headers: &HeaderMap) -> Option<&str> {
    headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok())
}

/// Refuses those who ask too often in one window of the machine's time; nobody counts those without a header.
pub fn limit(app: &App, headers: &HeaderMap, machine: DateTime<Utc>) -> Option<Response> {
    let caller = authorization(headers)?;
    let Limit { requests, window_ms } = app.store.read(|world| world.limit);
    let window_ms = i64::try_from(window_ms.max(1)).unwrap_or(i64::MAX);
    let now = machine.timestamp_millis();
    if app.store.called(caller, now / window_ms) < requests {
        return None;
    }
    app.store.count(|world| world.requests.too_many += 1);
    Some(too_many(now, window_ms - now % window_ms))
}

/// In plain text. A window shorter than a second, for tests, is over at once: `Retry-After` counts seconds.
fn too_many(now_ms: i64, left_ms: i64) -> Response {
    let seconds = if left_ms < 1000 { 0 } else { (left_ms + 999) / 1000 };
    refusal(seconds, (now_ms + left_ms) / 1000)
}

/// 429, with so many seconds to wait, until that second.
pub fn refusal(seconds: i64, reset: i64) -> Response {
    let headers = [
        (HeaderName::from_static("ratelimit-remaining"), "0".to_owned()),
        (HeaderName::from_static("ratelimit-reset"), reset.to_string()),
        (RETRY_AFTER, seconds.to_string()),
    ];
    (StatusCode::TOO_MANY_REQUESTS, headers, TOO_MANY).into_response()
}

/// The token of a request, when it is good.
pub fn token(app: &App, headers: &HeaderMap, peer: IpAddr) -> Result<Token, Box<Response>> {
    let value = authorization(headers).and_then(value_of);
    let from = address(headers, peer);
    let now = app.store.now();
    let known = value.and_then(|value| {
        app.store.read(|world| world.tokens.values().find(|t| t.value == value).cloned())
    });
    let Some(token) = known else {
        let message = "Without a token, only persisted queries are allowed";
        return Err(Box::new(answer(StatusCode::FORBIDDEN, "forbidden", message)));
    };
    if token.locks_on_first_use && token.networks.is_empty() {
        app.store.change(|world, _| lock(world, token.id, from));
    } else if !token.networks.is_empty() && !token.networks.iter().any(|n| n.0.contains(&from)) {
        let prefix = if from.is_ipv4() { 32 } else { 128 };
        let message = format!(
            "Request issued from a forbidden network. Add {from}/{prefix} to your allowed adresses in your /profil"
        );
        return Err(Box::new(answer(StatusCode::FORBIDDEN, "forbidden", &message)));
    }
    if token.expires_at.is_some_and(|end| end <= now) {
        let ended = answer(StatusCode::UNAUTHORIZED, "unauthorized", "Token expired");
        return Err(Box::new(ended));
    }
    Ok(token)
}

fn lock(world: &mut World, token: i64, from: IpAddr) {
    if let Some(token) = world.tokens.get_mut(&token) {
        token.networks = vec![Network(IpNet::from(from))];
    }
}

/// `Bearer …`, `Token …` or `Token token="…"`, as Rails takes them.
fn value_of(header: &str) -> Option<&str> {
    let (scheme, rest) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("bearer") && !scheme.eq_ignore_ascii_case("token") {
        return None;
    }
    let rest = rest.trim();
    let rest = rest.strip_prefix("token=").unwrap_or(rest);
    Some(rest.split(',').next().unwrap_or(rest).trim().trim_matches('"'))
}

/// From where, as a proxy tells it or as it is seen.
fn address(headers: &HeaderMap, peer: IpAddr) -> IpAddr {
    let told = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let first = told.and_then(|told| told.split(',').next());
    first.and_then(|first| first.trim().parse().ok()).unwrap_or(peer)
}
