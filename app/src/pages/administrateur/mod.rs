//! The administrateur's pages.

mod demarche;
mod demarches;
mod rdv;
mod webhook;

pub use demarche::DemarcheAdministree;
pub use demarches::DemarchesAdministrees;
pub use rdv::ReglageDuRdv;
