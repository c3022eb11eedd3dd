//! The pages, by role.

mod accueil;
pub mod administrateur;
mod adresse;
mod connexion;
mod dossier;
pub mod instructeur;
pub mod usager;

pub use accueil::{Accueil, Vers};
pub use connexion::Connexion;
