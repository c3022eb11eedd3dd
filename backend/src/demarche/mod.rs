//! The démarches: their lists, their fields, their administration, what their instructeurs are told of.

pub mod administration;
pub mod avertissements;
pub mod champs;
pub mod demarches;
