//! The administrateur's pages.

mod demarche;
mod demarches;
mod mises_de_cote;
mod rdv;
mod webhook;

pub use demarche::DemarcheAdministree;
pub use demarches::DemarchesAdministrees;
pub use mises_de_cote::NotificationsMisesDeCote;
pub use rdv::ReglageDuRdv;
