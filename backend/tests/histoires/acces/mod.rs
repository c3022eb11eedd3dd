//! Who asks, and what they may.

mod autorisations;
pub mod comptes;
mod identites;
mod limites;
