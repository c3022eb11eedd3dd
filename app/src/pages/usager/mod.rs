//! The usager's pages.

mod brouillon;
mod carte;
mod commencer;
mod corriger;
mod demande;
mod dossier;
mod garde;
mod inviter;
mod liste;
mod messagerie;
mod modifier;
mod recherche;
mod rendez_vous;
mod resume;

pub use brouillon::LeBrouillon;
pub use commencer::CommencerLaDemarche;
pub use demande::DemandeUsager;
pub use dossier::{DossierUsager, VersResume};
pub use liste::MesDossiers;
pub use messagerie::MessagerieUsager;
pub use modifier::ModifierLeDossier;
pub use rendez_vous::RendezVousUsager;
pub use resume::ResumeUsager;
