//! The démarches: their lists, their fields, their administration, what their instructeurs are told of.

pub mod administration;
pub mod avertissements;
pub mod champs;
pub mod contacts;
pub mod demarches;
pub mod equipe;
pub mod statistiques;
