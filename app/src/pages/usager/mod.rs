//! The usager's pages.

mod carte;
mod corriger;
mod demande;
mod dossier;
mod liste;
mod messagerie;
mod rendez_vous;
mod resume;

pub use demande::DemandeUsager;
pub use dossier::{DossierUsager, VersResume};
pub use liste::MesDossiers;
pub use messagerie::MessagerieUsager;
pub use rendez_vous::RendezVousUsager;
pub use resume::ResumeUsager;
