//! What is done elsewhere, and later.

mod courriels;
mod etat;
mod remise;
mod taches;
