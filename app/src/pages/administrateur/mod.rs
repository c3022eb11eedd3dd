//! The administrateur's pages.

mod cadre;
mod champs;
mod courriels;
mod demarche;
mod demarches;
mod etat;
mod notifications;
mod raccordement;
mod rdv;
mod toutes;

pub use champs::{AnnotationDemarche, AnnotationsDemarche, ChampDemarche, ChampsDemarche};
pub use courriels::{CourrielDemarche, CourrielsDemarche};
pub use demarche::{
    AdministrateursDemarche, ConsultationsDemarche, CopieDemarche, DemarcheAdministree,
    GroupesDemarche, HistoriqueDemarche, NotificationsDesInstructeurs, PresentationDemarche,
    ProConnectDemarche, ServiceDemarche,
};
pub use demarches::DemarchesAdministrees;
pub use etat::EtatService;
pub use notifications::{CourrielsNonEnvoyesDemarche, NotificationsMisesDeCote};
pub use raccordement::{RaccordementDemarche, RaccorderUneDemarche};
pub use rdv::{AgendaDuRdv, ReglageDuRdv};
pub use toutes::ToutesLesDemarches;
