//! What is set up for a démarche.

pub mod avertissement;
pub mod champs;
pub mod export;
pub mod modele;
pub mod publication;
