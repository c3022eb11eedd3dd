//! The démarches.

pub mod champ;
pub mod contact;
pub mod contacte;
pub mod demarche;
pub mod effectif;
pub mod export;
pub mod groupe;
pub mod modele_courriel;
pub mod morceau_export;
