//! The instructeur's pages.

mod a_rattacher;
mod annotations;
mod avis;
mod avis_demande;
mod carte_a_rattacher;
mod choisir;
mod correction;
mod demande;
mod demarche;
mod demarches;
mod dossier;
mod imprimer;
mod instruire;
mod liste;
mod messagerie;
mod personnes;
mod pieces;
mod proposer;
mod reaffectation;
mod rendez_vous;
mod suivre;
mod supprimer;
mod telecharger;

pub use a_rattacher::RendezVousSansDossier;
pub use annotations::AnnotationsInstructeur;
pub use avis::AvisDuDossier;
pub use demande::DemandeInstructeur;
pub use demarche::DemarcheSuivie;
pub use demarches::DemarchesSuivies;
pub use dossier::{DossierInstructeur, VersDemande};
pub use imprimer::ImprimerLeDossier;
pub use messagerie::MessagerieInstructeur;
pub use personnes::PersonnesInstructeur;
pub use pieces::PiecesInstructeur;
pub use reaffectation::ReaffectationDuDossier;
pub use rendez_vous::RendezVousAvecLesUsagers;
