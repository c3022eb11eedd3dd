//! The démarches.

pub mod champ;
pub mod demarche;
pub mod effectif;
pub mod groupe;
pub mod modele_courriel;
