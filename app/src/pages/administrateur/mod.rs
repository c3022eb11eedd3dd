//! The administrateur's pages.

mod cadre;
mod champ;
mod champs;
mod copie;
mod courriel;
mod courriels;
mod cycle;
mod demarche;
mod demarches;
mod groupes;
mod historique;
mod membres;
mod mises_de_cote;
mod presentation;
mod rdv;
mod service;
mod toutes;
mod tuiles;
mod webhook;

pub use champ::ChampDemarche;
pub use champs::ChampsDemarche;
pub use copie::CopieDemarche;
pub use courriel::CourrielDemarche;
pub use courriels::CourrielsDemarche;
pub use demarche::DemarcheAdministree;
pub use demarches::DemarchesAdministrees;
pub use groupes::GroupesDemarche;
pub use historique::HistoriqueDemarche;
pub use membres::AdministrateursDemarche;
pub use mises_de_cote::NotificationsMisesDeCote;
pub use presentation::PresentationDemarche;
pub use rdv::ReglageDuRdv;
pub use service::ServiceDemarche;
pub use toutes::ToutesLesDemarches;
