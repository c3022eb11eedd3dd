//! Démarches Simplifiées, beside which this service works: how it is asked, and what is joined to it.

pub mod client;
pub(crate) mod reconnaissance;
