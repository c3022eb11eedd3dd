//! What the platform knows: plain data, without rule nor wire format.

pub mod access;
pub mod agenda;
pub mod ids;
pub mod plan;
pub mod rdv;
pub mod user;
pub mod webhook;

pub use access::{
    AccessToken, ApiFaults, AuthorizationCode, Failure, FailureKind, ListFaults, OauthState,
};
pub use agenda::{AccessLevel, Agent, Lieu, LocationType, Motif, Organisation};
pub use ids::{
    AgentId, DeliveryId, EndpointId, LieuId, MotifId, OrganisationId, ParticipationId, RdvId,
    RdvPlanId, UserId,
};
pub use plan::RdvPlan;
pub use rdv::{Author, AuthorKind, Participation, Rdv, Status};
pub use user::{Details, Session, User};
pub use webhook::{
    Attempt, Delivery, DeliveryMode, DeliveryStatus, Event, Reason, Tamper, WaitsFor,
    WebhookEndpoint, usual_subscriptions,
};
