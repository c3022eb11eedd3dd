//! Webhooks v2: where events go, and those on their way.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Where the events of a démarche go.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Endpoint {
    /// Its number.
    pub id: i64,
    /// The number of its démarche.
    pub demarche: i64,
    /// The address.
    pub url: String,
    /// Keys of the signature, `whsec_…`, the newest first; two during a renewal.
    pub secrets: Vec<String>,
    /// Whether something is sent.
    pub enabled: bool,
    /// What waits, the oldest first.
    #[serde(default)]
    pub waiting: Vec<Queued>,
    /// How many of these the message under way has; it keeps them until it is taken.
    #[serde(default)]
    pub batch: Option<usize>,
    /// Failures in a row.
    #[serde(default)]
    pub failures: usize,
    /// Not before this, by the machine's time.
    #[serde(default)]
    pub not_before: Option<DateTime<Utc>>,
    /// What was sent, the newest last; the last 200.
    #[serde(default)]
    pub attempts: Vec<DsAttempt>,
}

/// One event.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Queued {
    /// Increases, with gaps.
    pub sequence: u64,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: EventKind,
    /// To which dossier.
    pub dossier_number: i64,
    /// When.
    pub timestamp: DateTime<Utc>,
}

/// One sending.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DsAttempt {
    /// When, by the machine's time.
    pub at: DateTime<Utc>,
    /// `webhook-id`.
    pub message: String,
    /// How many events.
    pub events: usize,
    /// What was answered; none when nothing was.
    pub status: Option<u16>,
}

/// How webhooks are disturbed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebhookMode {
    /// Nothing leaves.
    pub hold: bool,
    /// Each message leaves so many more times.
    pub duplicate: u32,
    /// The share of messages that are never sent, from 0 to 1.
    pub drop: f64,
    /// What the delay of 5 s and the waits between attempts are multiplied by.
    pub scale: f64,
}

impl Default for WebhookMode {
    fn default() -> Self {
        Self { hold: false, duplicate: 0, drop: 0.0, scale: 0.01 }
    }
}

/// What may happen to a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the platform's own words")]
pub enum EventKind {
    DossierDepose,
    DossierEnInstruction,
    DossierAccepte,
    DossierRefuse,
    DossierSansSuite,
    DossierRepasseEnConstruction,
    DossierRepasseEnInstruction,
    DossierModifie,
    DossierSupprime,
    DossierRestaure,
    CorrectionDemandee,
    GroupeInstructeurChange,
    MessageCree,
    DossierLabelAjoute,
    DossierLabelSupprime,
}
