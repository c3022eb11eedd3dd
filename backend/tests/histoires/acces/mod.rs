//! Who asks, and what they may.

mod autorisations;
pub mod comptes;
mod confirmation;
mod effacement;
mod limites;
mod proconnect;
