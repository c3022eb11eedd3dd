//! OAuth 2 without the web around it: codes, tokens, their digests and their renewal.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use crate::model::{AccessToken, AgentId, AuthorizationCode};
use crate::state::world::World;

/// How long an access token is good for.
pub const ACCESS_LASTS: TimeDelta = TimeDelta::hours(2);
/// The one scope there is.
pub const SCOPE: &str = "write";

const CODE_LASTS: TimeDelta = TimeDelta::minutes(10);
const SECRET_LENGTH: usize = 43;

/// Two tokens just made: the only moment at which they can be read.
#[derive(Debug)]
pub struct Issued {
    /// For `Authorization: Bearer`.
    pub access_token: String,
    /// For a new pair.
    pub refresh_token: String,
}

/// Why there is no token; `error` of RFC 6749.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantError {
    /// The code or the token is unknown, used, out of date, or another redirection's.
    InvalidGrant,
    /// Something is lacking.
    InvalidRequest,
}

/// Writes down that an agent said yes, and gives the code that says so.
pub fn grant(
    world: &mut World,
    agent_id: AgentId,
    redirect_uri: &str,
    challenge: Option<String>,
    now: DateTime<Utc>,
) -> String {
    let code = world.draws.token(SECRET_LENGTH);
    let redirect_uri = redirect_uri.to_owned();
    let granted =
        AuthorizationCode { agent_id, redirect_uri, challenge, expires_at: now + CODE_LASTS };
    world.oauth.codes.retain(|_, code| code.expires_at > now);
    world.oauth.codes.insert(digest(&code), granted);
    code
}

/// Tokens for a code. A code serves once, even when it is refused.
///
/// # Errors
/// [`GrantError`].
pub fn exchange(
    world: &mut World,
    code: &str,
    redirect_uri: &str,
    verifier: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Issued, GrantError> {
    let granted = world.oauth.codes.remove(&digest(code)).ok_or(GrantError::InvalidGrant)?;
    if granted.expires_at <= now || granted.redirect_uri != redirect_uri {
        return Err(GrantError::InvalidGrant);
    }
    if let Some(challenge) = &granted.challenge {
        let verifier = verifier.ok_or(GrantError::InvalidRequest)?;
        if &challenge_of(verifier) != challenge {
            return Err(GrantError::InvalidGrant);
        }
    }
    Ok(issue(world, granted.agent_id, now))
}

/// A new pair of tokens for a refresh token; the former pair is worth nothing from then on.
///
/// # Errors
/// [`GrantError::InvalidGrant`].
pub fn refresh(
    world: &mut World,
    refresh_token: &str,
    now: DateTime<Utc>,
) -> Result<Issued, GrantError> {
    let known = access_digest_of(world, refresh_token).ok_or(GrantError::InvalidGrant)?;
    let former = world.oauth.tokens.remove(&known).ok_or(GrantError::InvalidGrant)?;
    Ok(issue(world, former.agent_id, now))
}

/// Forgets the pair to which this token belongs, if there is one.
pub fn revoke(world: &mut World, token: &str) {
    world.oauth.tokens.remove(&digest(token));
    if let Some(known) = access_digest_of(world, token) {
        world.oauth.tokens.remove(&known);
    }
}

/// In whose name this access token acts now.
pub fn agent_of(world: &World, access_token: &str, now: DateTime<Utc>) -> Option<AgentId> {
    let token = world.oauth.tokens.get(&digest(access_token))?;
    (token.expires_at > now).then_some(token.agent_id)
}

fn access_digest_of(world: &World, refresh_token: &str) -> Option<String> {
    let wanted = digest(refresh_token);
    let mut tokens = world.oauth.tokens.iter();
    tokens.find(|(_, token)| token.refresh_digest == wanted).map(|(access, _)| access.clone())
}

fn issue(world: &mut World, agent_id: AgentId, now: DateTime<Utc>) -> Issued {
    let access_token = world.draws.token(SECRET_LENGTH);
    let refresh_token = world.draws.token(SECRET_LENGTH);
    let token = AccessToken {
        agent_id,
        refresh_digest: digest(&refresh_token),
        expires_at: now + ACCESS_LASTS,
    };
    world.oauth.tokens.insert(digest(&access_token), token);
    Issued { access_token, refresh_token }
}

/// What the state keeps of a secret.
fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// The S256 challenge of a PKCE verifier.
pub fn challenge_of(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(challenge_of(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
