//! The administrateur's pages.

mod agenda_rdv;
mod demarche;
mod demarches;
mod mises_de_cote;
mod rdv;
mod webhook;

pub use agenda_rdv::AgendaDuRdv;
pub use demarche::DemarcheAdministree;
pub use demarches::DemarchesAdministrees;
pub use mises_de_cote::NotificationsMisesDeCote;
pub use rdv::ReglageDuRdv;
