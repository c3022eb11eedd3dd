//! The pages, by role.

mod accueil;
pub mod administrateur;
pub mod affichage;
pub mod aide;
pub mod compte;
pub mod compte_rdv;
pub mod expert;
pub mod instructeur;
pub mod legal;
pub mod plan_du_site;
pub mod usager;

pub use accueil::{Accueil, Vers};
