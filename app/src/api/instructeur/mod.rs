//! The instructeur's side.

pub mod annotations;
pub mod avertissements;
pub mod avis;
pub mod demarches;
pub mod dossier;
pub mod instruction;
pub mod liens;
pub mod liste;
pub mod messagerie;
pub mod personnes;
pub mod rattachement;
pub mod reaffectation;
pub mod rendez_vous;
pub mod statistiques;
