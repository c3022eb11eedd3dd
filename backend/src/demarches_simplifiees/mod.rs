//! Démarches Simplifiées, beside which this service works: how it is asked, what is joined to it, and what of it is mirrored
//! here.

pub mod client;
pub(crate) mod reconnaissance;
pub mod raccordement;
pub mod signalements;
