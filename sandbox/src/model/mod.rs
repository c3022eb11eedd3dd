//! What the platform knows: plain data, without rule nor wire format.

pub mod agenda;
pub mod ids;
pub mod rdv;
pub mod user;
pub mod webhook;

pub use agenda::{Agent, Lieu, LocationType, Motif, Organisation};
pub use ids::{
    AgentId, DeliveryId, EndpointId, LieuId, MotifId, OrganisationId, ParticipationId, RdvId,
    UserId,
};
pub use rdv::{Author, AuthorKind, Participation, Rdv, Status};
pub use user::{Session, User};
pub use webhook::{
    Attempt, Delivery, DeliveryMode, DeliveryStatus, Event, Reason, WebhookEndpoint,
};
