//! The usager's pages.

mod depot;
mod dossier;
mod dossiers;

pub use depot::{CommencerLaDemarche, LeBrouillon};
pub use dossier::{
    DemandeUsager, DossierUsager, MessagerieUsager, ModifierLeDossier, RendezVousUsager,
    ResumeUsager, VersResume,
};
pub use dossiers::MesDossiers;
