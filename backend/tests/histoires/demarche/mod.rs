//! What is set up for a démarche.

mod administration;
mod avertissements;
mod champs_prives;
mod contacts;
mod statistiques;
