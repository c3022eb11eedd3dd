//! Tokens: who may ask, about what, from where and until when.

use std::net::{AddrParseError, IpAddr};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE;
use chrono::{DateTime, Utc};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};

/// Some addresses: `203.0.113.0/24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Network(pub IpNet);

impl TryFrom<String> for Network {
    type Error = AddrParseError;

    /// One address stands for a network of its own.
    fn try_from(text: String) -> Result<Self, AddrParseError> {
        let alone = || text.parse::<IpAddr>().map(IpNet::from);
        text.parse().or_else(|_| alone()).map(Self)
    }
}

impl From<Network> for String {
    fn from(network: Network) -> Self {
        network.0.to_string()
    }
}

/// A token.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Token {
    /// Its number.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// What callers send: Base64url of "uuid;secret".
    pub value: String,
    /// Whether it may change things.
    pub write: bool,
    /// The démarches it may read; none means all of them.
    pub demarches: Option<Vec<i64>>,
    /// From where it may be used; empty means from anywhere.
    pub networks: Vec<Network>,
    /// Whether the first address that uses it becomes the only one.
    pub locks_on_first_use: bool,
    /// Until when.
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether it is of the old kind, which mutations and queries refuse.
    pub deprecated: bool,
}

impl Token {
    /// Whether it may read this démarche.
    #[must_use]
    pub fn reaches(&self, demarche: i64) -> bool {
        self.demarches.as_ref().is_none_or(|all| all.contains(&demarche))
    }

    /// As the platform writes it.
    #[must_use]
    pub fn encode(uuid: &str, secret: &str) -> String {
        BASE64_URL_SAFE.encode(format!("{uuid};{secret}"))
    }
}

/// A token to be made.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewToken {
    /// What it is called.
    pub name: String,
    /// Whether it may change things.
    pub write: bool,
    /// The démarches it may read; none means all of them.
    pub demarches: Option<Vec<i64>>,
    /// From where it may be used; empty means from anywhere.
    pub networks: Vec<Network>,
    /// Whether the first address that uses it becomes the only one.
    pub locks_on_first_use: bool,
    /// Until when.
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether it is of the old kind.
    pub deprecated: bool,
}

impl Default for NewToken {
    /// One that may do everything.
    fn default() -> Self {
        Self {
            name: "jeton".to_owned(),
            write: true,
            demarches: None,
            networks: Vec::new(),
            locks_on_first_use: false,
            expires_at: None,
            deprecated: false,
        }
    }
}
