//! Identifiers, one type for each kind of thing.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                Self(number)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// An organisation: who gives the rendez-vous.
    OrganisationId;
    /// A motif: what a rendez-vous is for, and how it is held.
    MotifId;
    /// A place where rendez-vous are held.
    LieuId;
    /// An agent: whom one meets.
    AgentId;
    /// A person who books, or for whom one books.
    UserId;
    /// A rendez-vous.
    RdvId;
    /// The part one person takes in one rendez-vous.
    ParticipationId;
    /// An address to which an organisation's events are sent.
    EndpointId;
    /// One event on its way to one endpoint.
    DeliveryId;
    /// A rendez-vous that another application asks an agent to plan.
    RdvPlanId;
}
