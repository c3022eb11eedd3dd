//! The instructeur's pages.

mod demarche;
mod demarches;
mod dossier;
mod liste;
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
pub use recherche::RechercheDeDossiers;
pub use rendez_vous::{RendezVousAvecLesUsagers, RendezVousSansDossier};
pub use statistiques::StatistiquesDeLaDemarche;
