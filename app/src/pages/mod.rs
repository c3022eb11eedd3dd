//! The pages, by role.

mod accueil;
pub mod administrateur;
mod adresse;
pub mod affichage;
pub mod aide;
pub mod compte;
pub mod compte_rdv;
mod connexion;
mod dossier;
pub mod expert;
pub mod instructeur;
pub mod legal;
pub mod plan;
pub mod usager;

pub use accueil::{Accueil, Vers};
pub use connexion::Connexion;
