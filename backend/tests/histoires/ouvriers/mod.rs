//! What is done elsewhere, and later.

mod courriels;
mod remise;
mod taches;
