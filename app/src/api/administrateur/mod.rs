//! The administrateur's side.

pub mod administrateurs;
pub mod avertissements;
pub mod champs;
pub mod courriels;
pub mod demarche;
pub mod demarches;
pub mod groupes;
pub mod notifications;
pub mod presentation;
pub mod proconnect;
pub mod raccordement;
pub mod rdv;
