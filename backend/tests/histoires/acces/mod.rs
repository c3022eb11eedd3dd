//! Who asks, and what they may.

mod autorisations;
pub mod comptes;
mod confirmation;
mod effacement;
mod identites;
mod limites;
mod mes_donnees;
mod preuves;
mod proconnect;
