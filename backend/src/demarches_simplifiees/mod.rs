//! Démarches Simplifiées, beside which this service works: how it is asked, what is joined to it, what of it is mirrored here,
//! and what is written there.

pub mod client;
pub(crate) mod envois;
pub mod liens;
pub mod miroir;
pub mod raccordement;
pub(crate) mod reconnaissance;
pub mod signalements;
