//! How the platform is disturbed, and what it was asked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One disturbance: what, how many times or how often, of which operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What happens.
    pub kind: FaultKind,
    /// How many times; none means until it is taken away.
    #[serde(default)]
    pub times: Option<u32>,
    /// The share of requests to which it happens, from 0 to 1.
    #[serde(default = "always")]
    pub share: f64,
    /// Only operations of this name (`operationName`), or of this kind: `query`, `mutation`.
    #[serde(default)]
    pub operation: Option<String>,
}

fn always() -> f64 {
    1.0
}

impl Fault {
    /// This, always.
    #[must_use]
    pub fn of(kind: FaultKind) -> Self {
        Self { kind, times: None, share: 1.0, operation: None }
    }

    /// So many times.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times: Some(times), ..self }
    }

    /// To this share of the requests, from 0 to 1.
    #[must_use]
    pub fn share(self, share: f64) -> Self {
        Self { share, ..self }
    }

    /// Only operations of this name, or of this kind: `query`, `mutation`.
    #[must_use]
    pub fn operation(self, operation: &str) -> Self {
        Self { operation: Some(operation.to_owned()), ..self }
    }
}

/// What may happen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum FaultKind {
    /// Done, then the connection is closed without an answer.
    LostAnswer,
    /// Not done: the connection is closed without an answer.
    LostRequest,
    /// 429, in plain text.
    TooManyRequests {
        /// Seconds of `Retry-After`.
        #[serde(default)]
        retry_after: u64,
    },
    /// Root error `timeout`.
    Timeout,
    /// Root error `internal_server_error`, 500.
    InternalError,
    /// 502, in HTML.
    BadGateway,
    /// Answered late.
    Slow {
        /// By so many milliseconds.
        ms: u64,
    },
    /// Half of the JSON, then the end.
    Truncated,
    /// Every page that asks for what this dossier holds fails, and its own reading.
    Poisoned {
        /// Its number.
        dossier: i64,
    },
    /// Pages of more dossiers than this answer `timeout`.
    LargePages {
        /// How many still pass.
        above: i64,
    },
    /// A demandeur of a type that no client has heard of.
    UnknownDemandeur {
        /// Of this dossier; none means of all of them.
        #[serde(default)]
        dossier: Option<i64>,
    },
    /// Between two pages, a dossier already read and one not read yet are touched.
    PageChanges,
}

impl FaultKind {
    /// Whether it happens to what is read, not to the request as a whole.
    #[must_use]
    pub fn is_of_content(self) -> bool {
        matches!(
            self,
            Self::Poisoned { .. }
                | Self::LargePages { .. }
                | Self::UnknownDemandeur { .. }
                | Self::PageChanges
        )
    }
}

/// What was asked since the start, or since it was last forgotten.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Requests {
    /// All of them.
    pub total: u64,
    /// Answered 429.
    pub too_many: u64,
    /// Whose answer was lost on purpose.
    pub lost: u64,
    /// Those carried out, by `operationName` (`?` without).
    pub operations: BTreeMap<String, u64>,
}
