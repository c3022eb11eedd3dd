//! What is set up for a démarche.

mod administration;
mod champs_prives;
mod statistiques;
