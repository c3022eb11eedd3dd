//! The instructeur's pages.

mod a_rattacher;
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
mod rendez_vous;
mod suivre;

pub use a_rattacher::RendezVousSansDossier;
pub use demande::DemandeInstructeur;
pub use demarche::DemarcheSuivie;
pub use demarches::DemarchesSuivies;
pub use dossier::{DossierInstructeur, VersDemande};
pub use messagerie::MessagerieInstructeur;
pub use rendez_vous::RendezVousAvecLesUsagers;
