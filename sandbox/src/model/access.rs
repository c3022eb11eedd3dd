//! Who may call the API, and how it is made to fail.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::AgentId;

/// What OAuth remembers; codes and tokens are known by their digest only.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct OauthState {
    /// By digest of the code.
    pub codes: BTreeMap<String, AuthorizationCode>,
    /// By digest of the access token.
    pub tokens: BTreeMap<String, AccessToken>,
}

/// An agent said yes, and the application has not come for its tokens yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AuthorizationCode {
    /// Who said yes.
    pub agent_id: AgentId,
    /// Where the answer was sent: the application must repeat it.
    pub redirect_uri: String,
    /// Digest of the secret that the application must reveal (PKCE, S256).
    pub challenge: Option<String>,
    /// From when it is refused.
    pub expires_at: DateTime<Utc>,
}

/// What an application acts with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AccessToken {
    /// In whose name.
    pub agent_id: AgentId,
    /// Digest of the token that renews this one.
    pub refresh_digest: String,
    /// From when it is refused.
    pub expires_at: DateTime<Utc>,
}

/// How the API is made to fail.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ApiFaults {
    /// No token is renewed.
    pub refuse_refresh: bool,
    /// What happens instead of an answer.
    pub failure: Option<Failure>,
    /// What the lists of rendez-vous say that is not so.
    #[serde(default)]
    pub lists: ListFaults,
}

/// How the lists of rendez-vous are made to be wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ListFaults {
    /// The list of an organisation leaves out all that it has: they are given by their numbers only.
    pub left_out: bool,
    /// Each has a status of which nobody heard.
    pub unknown_status: bool,
}

/// A failure of the API.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// What happens.
    pub kind: FailureKind,
    /// How many more times; none: until somebody says otherwise.
    #[serde(default)]
    pub times: Option<u32>,
    /// Only for paths that contain this.
    #[serde(default)]
    pub path: Option<String>,
    /// Seconds: `Retry-After` of `too_many_requests` and `unavailable`, or the wait of `slow`.
    #[serde(default)]
    pub seconds: Option<u64>,
}

/// The kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// 401.
    Unauthorized,
    /// 403.
    Forbidden,
    /// 404.
    NotFound,
    /// 429, with `Retry-After`.
    TooManyRequests,
    /// 500.
    InternalError,
    /// 503, with `Retry-After`.
    Unavailable,
    /// The right answer, too late.
    Slow,
    /// 200, with a page of HTML instead of JSON.
    Html,
    /// 200, with half of the JSON.
    Truncated,
}

impl FailureKind {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 9] = [
        Self::Unauthorized,
        Self::Forbidden,
        Self::NotFound,
        Self::TooManyRequests,
        Self::InternalError,
        Self::Unavailable,
        Self::Slow,
        Self::Html,
        Self::Truncated,
    ];

    /// As in forms and in the control API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::TooManyRequests => "too_many_requests",
            Self::InternalError => "internal_error",
            Self::Unavailable => "unavailable",
            Self::Slow => "slow",
            Self::Html => "html",
            Self::Truncated => "truncated",
        }
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Unauthorized => "401 : jeton refusé",
            Self::Forbidden => "403 : accès refusé",
            Self::NotFound => "404 : introuvable",
            Self::TooManyRequests => "429 : trop de demandes",
            Self::InternalError => "500 : erreur interne",
            Self::Unavailable => "503 : indisponible",
            Self::Slow => "Réponse juste, mais lente",
            Self::Html => "200 avec une page HTML",
            Self::Truncated => "200 avec un JSON coupé",
        }
    }
}
