//! What instructeurs are told of, and what waits for their summaries.

pub mod avertissement;
pub mod choix_avertissement;
pub mod recapitulatif;
pub mod reglage_avertissement;
