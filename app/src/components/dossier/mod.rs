//! What is shown of a dossier, to either side.

pub mod decision;
pub mod demande;
pub mod entete;
pub mod expiration;
