//! Démarches Simplifiées, beside which this service works: how it is asked, what is joined to it, what of it is mirrored here,
//! and what is written there.

pub mod client;
pub(crate) mod reconnaissance;
