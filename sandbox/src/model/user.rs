//! The people who book, and their presence in a browser.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{OrganisationId, RdvId, UserId};

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
    /// The organisations that have a file on them.
    #[serde(default)]
    pub organisation_ids: BTreeSet<OrganisationId>,
    /// The secret of their invitation links: one for ever, none until it is asked for.
    #[serde(default)]
    pub invitation_token: Option<String>,
    /// What only the API writes.
    #[serde(default)]
    pub details: Details,
}

/// What the API may add to a person's file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// Name at birth.
    pub birth_name: Option<String>,
    /// Date of birth.
    pub birth_date: Option<NaiveDate>,
    /// `aucune`, `caf` or `msa`.
    pub caisse_affiliation: Option<String>,
    /// Number within that fund.
    pub affiliation_number: Option<String>,
    /// `single`, `in_a_relationship` or `divorced`.
    pub family_situation: Option<String>,
    /// How many children.
    pub number_of_children: Option<i64>,
    /// Whether text messages are wanted.
    pub notify_by_sms: bool,
    /// Whether e-mails are wanted.
    pub notify_by_email: bool,
}

impl Default for Details {
    fn default() -> Self {
        Self {
            birth_name: None,
            birth_date: None,
            caisse_affiliation: None,
            affiliation_number: None,
            family_situation: None,
            number_of_children: None,
            notify_by_sms: true,
            notify_by_email: true,
        }
    }
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
