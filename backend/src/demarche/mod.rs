//! The démarches: their lists, their fields, their administration.

pub mod administration;
pub mod champs;
pub mod demarches;
pub mod statistiques;
