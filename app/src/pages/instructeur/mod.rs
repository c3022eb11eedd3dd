//! The instructeur's pages.

mod a_rattacher;
mod avis;
mod avis_demande;
mod carte_a_rattacher;
mod choisir;
mod correction;
mod demande;
mod demarche;
mod demarches;
mod dossier;
mod instruire;
mod liste;
mod messagerie;
mod proposer;
mod reaffectation;
mod rendez_vous;
mod suivre;

pub use a_rattacher::RendezVousSansDossier;
pub use avis::AvisDuDossier;
pub use demande::DemandeInstructeur;
pub use demarche::DemarcheSuivie;
pub use demarches::DemarchesSuivies;
pub use dossier::{DossierInstructeur, VersDemande};
pub use messagerie::MessagerieInstructeur;
pub use reaffectation::ReaffectationDuDossier;
pub use rendez_vous::RendezVousAvecLesUsagers;
