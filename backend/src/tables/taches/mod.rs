//! What is to be done, and the mails that left.

pub mod adresse_refusee;
pub mod courriel;
pub mod tache;
