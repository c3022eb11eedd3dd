//! Endpoints, and the deliveries made to them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{DeliveryId, EndpointId, OrganisationId, RdvId};

/// Where an organisation's events are sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WebhookEndpoint {
    /// Identifies it on the administration page.
    pub id: EndpointId,
    /// Whose events.
    pub organisation_id: OrganisationId,
    /// An http(s) address.
    pub target_url: String,
    /// Key of the signature.
    pub secret: String,
    /// Which models' events: `rdv`, `user`…
    #[serde(default = "usual_subscriptions")]
    pub subscriptions: Vec<String>,
    /// Came from the configuration and was not edited since: follows the configuration at the next start.
    pub from_configuration: bool,
}

impl WebhookEndpoint {
    /// Whether it subscribed to rendez-vous, the only events that this stand-in has.
    pub fn wants_rdvs(&self) -> bool {
        self.subscriptions.iter().any(|name| name == "rdv")
    }
}

/// What an endpoint gets when nothing else is asked.
pub fn usual_subscriptions() -> Vec<String> {
    ["rdv", "absence", "plage_ouverture"].map(str::to_owned).to_vec()
}

/// What happened to the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It appeared.
    Created,
    /// It changed.
    Updated,
    /// It was deleted.
    Destroyed,
}

impl Event {
    /// As on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Destroyed => "destroyed",
        }
    }
}

/// Why it happened, when the platform says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Removed two years later, for the protection of personal data: no cancellation.
    Rgpd,
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryStatus {
    /// To be sent, or sent again.
    Pending,
    /// Answered 2xx.
    Delivered,
    /// Given up after the last attempt.
    Failed,
    /// Lost on purpose, or its endpoint is gone.
    Dropped,
    /// Its record is gone, so that there is nothing left to render.
    Discarded,
}

impl DeliveryStatus {
    /// All of them, in the order of the filter.
    pub const ALL: [Self; 5] =
        [Self::Pending, Self::Delivered, Self::Failed, Self::Dropped, Self::Discarded];

    /// As in the control API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
            Self::Discarded => "discarded",
        }
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pending => "En attente",
            Self::Delivered => "Délivré",
            Self::Failed => "Abandonné",
            Self::Dropped => "Perdu",
            Self::Discarded => "Sans objet",
        }
    }
}

/// One try at sending.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Attempt {
    /// Machine time.
    pub at: DateTime<Utc>,
    /// HTTP status of the answer, none when there was no answer.
    pub status: Option<u16>,
    /// What went wrong before an answer came.
    pub error: Option<String>,
    /// The beginning of the answer's body.
    pub response: String,
    /// Until the end of the answer.
    pub duration_ms: u64,
}

/// One event on its way to one endpoint.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Delivery {
    /// In the order of the events.
    pub id: DeliveryId,
    /// Where to.
    pub endpoint_id: EndpointId,
    /// Whose event.
    pub organisation_id: OrganisationId,
    /// About which rendez-vous.
    pub rdv_id: RdvId,
    /// What happened.
    pub event: Event,
    /// Why.
    pub reason: Option<Reason>,
    /// When it happened, platform time.
    pub occurred_at: DateTime<Utc>,
    /// The exact bytes: fixed from the beginning when `frozen`, those of the last attempt otherwise.
    pub body: Option<String>,
    /// Lower-case hexadecimal, of the last attempt.
    pub signature: Option<String>,
    /// Rendered when the event happened, so that a late retry tells an old state.
    pub frozen: bool,
    /// Where it stands.
    pub status: DeliveryStatus,
    /// Machine time before which it is not tried; none: now.
    pub not_before: Option<DateTime<Utc>>,
    /// The tries so far.
    pub attempts: Vec<Attempt>,
    /// What must be answered before it leaves.
    #[serde(default)]
    pub waits_for: Option<WaitsFor>,
    /// How the last attempt was disturbed; `body` stays what it should have been.
    #[serde(default)]
    pub tampered: Option<Tamper>,
}

/// What a delivery lets pass before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitsFor {
    /// A later event of the same rendez-vous.
    LaterEvent,
    /// The deletion of the rendez-vous.
    Deletion,
}

/// How deliveries are disturbed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliveryMode {
    /// Nothing leaves, except what is replayed by hand.
    pub hold: bool,
    /// How many more copies of each event are sent.
    pub duplicate: u32,
    /// Due deliveries leave in any order.
    pub shuffle: bool,
    /// The share of events that are never sent, in `0.0..=1.0`.
    pub drop: f64,
    /// Seconds that each event waits before it leaves.
    pub delay: f64,
    /// `created` leaves after a later event of the same rendez-vous, with its old payload.
    pub updated_first: bool,
    /// After a deletion the state before it is told once more.
    pub stale_after_destroyed: bool,
    /// The one instant that all events bear.
    pub same_second: Option<DateTime<Utc>>,
    /// What is done to each request.
    pub tamper: Option<Tamper>,
    /// How many requests are under way together.
    pub at_once: usize,
}

impl Default for DeliveryMode {
    fn default() -> Self {
        Self {
            hold: false,
            duplicate: 0,
            shuffle: false,
            drop: 0.0,
            delay: 0.0,
            updated_first: false,
            stale_after_destroyed: false,
            same_second: None,
            tamper: None,
            at_once: 5,
        }
    }
}

macro_rules! tampers {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $label:literal;)+) => {
        /// What is done to a request before it leaves.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Tamper {
            $($(#[$doc])* $name,)+
        }

        impl Tamper {
            /// All of them, in the order of the form.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// As in forms and in the control API.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// As people read it.
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)+ }
            }
        }
    };
}

tampers! {
    /// Signed with another secret.
    WrongSignature = "wrong_signature", "Signature d’un autre secret";
    /// The signature of the same JSON written otherwise.
    ReserialisedSignature = "reserialised_signature", "Signature du même JSON écrit autrement";
    /// Not signed.
    MissingSignature = "missing_signature", "Sans signature";
    /// The right signature in capitals.
    UpperCaseSignature = "upper_case_signature", "Signature en capitales";
    /// No body.
    EmptyBody = "empty_body", "Corps vide";
    /// Half of the body.
    TruncatedJson = "truncated_json", "JSON coupé";
    /// Another model than `Rdv`.
    UnknownModel = "unknown_model", "Modèle inconnu";
    /// Another event.
    UnknownEvent = "unknown_event", "Événement inconnu";
    /// Another status.
    UnknownStatus = "unknown_status", "Statut inconnu";
    /// Another way of meeting.
    UnknownLocationType = "unknown_location_type", "Modalité inconnue";
    /// Fields that nobody announced.
    ExtraFields = "extra_fields", "Champs en plus";
    /// Nobody takes part.
    MissingUsers = "missing_users", "Sans usagers";
    /// Nobody has an e-mail address.
    NullEmail = "null_email", "Usagers sans adresse e-mail";
    /// A body of one megabyte.
    HugeBody = "huge_body", "Corps d’un mégaoctet";
    /// Nothing leaves: a firewall answers 200 with a page, and the platform believes it.
    Swallowed = "swallowed", "Avalé par un pare-feu qui répond 200";
}
