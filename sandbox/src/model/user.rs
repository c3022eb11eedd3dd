//! The people who book, and their presence in a browser.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{RdvId, UserId};

/// A person. A relative is a person with a `responsible_id` and no e-mail of their own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    /// Stands in the webhooks.
    pub id: UserId,
    /// First name.
    pub first_name: String,
    /// Last name, as typed.
    pub last_name: String,
    /// Lower case; none for relatives and for those known by telephone only.
    pub email: Option<String>,
    /// As typed.
    pub phone_number: Option<String>,
    /// On one line.
    pub address: Option<String>,
    /// The person who books for them.
    pub responsible_id: Option<UserId>,
    /// When the platform first heard of them.
    pub created_at: DateTime<Utc>,
}

impl User {
    /// « Camille MARTIN ».
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

/// Someone signed in in one browser.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Session {
    /// Who.
    pub user_id: UserId,
    /// Opened from a short link: shows this rendez-vous and nothing else.
    pub only_rdv: Option<RdvId>,
    /// Until when; none: until they sign out.
    pub expires_at: Option<DateTime<Utc>>,
}
