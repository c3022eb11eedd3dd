//! Who asks, and what they may.

mod autorisations;
pub mod comptes;
mod identites;
mod confirmation;
mod effacement;
mod limites;
mod proconnect;
