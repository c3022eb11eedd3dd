//! The instructeur's pages.

mod demarche;
mod demarches;
mod dossier;
mod liens;
mod liste;
mod notifications;
mod recherche;
mod rendez_vous;
mod statistiques;

pub use demarche::DemarcheSuivie;
pub use demarches::DemarchesSuivies;
pub use dossier::{
    AnnotationsInstructeur, AvisDuDossier, DemandeInstructeur, DossierInstructeur,
    ImprimerLeDossier, MessagerieInstructeur, PersonnesInstructeur, PiecesInstructeur,
    ReaffectationDuDossier, VersDemande,
};
pub use liens::{
    AdministrateursSuivis, ContacterLesBrouillons, ExportsDeLaDemarche, InstructeursDeLaDemarche,
};
pub use notifications::GestionDesNotifications;
pub use recherche::RechercheDeDossiers;
pub use rendez_vous::{RendezVousAvecLesUsagers, RendezVousSansDossier};
pub use statistiques::StatistiquesDeLaDemarche;
