//! Démarches Simplifiées, beside which this service works: how it is asked, and what is joined to it.

pub mod client;
pub(crate) mod envois;
pub mod liens;
pub mod raccordement;
pub(crate) mod reconnaissance;
pub mod signalements;
