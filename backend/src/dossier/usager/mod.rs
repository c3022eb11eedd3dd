//! What the usager of a dossier does: filling in, submitting, sharing, finding again.

pub mod attestations;
pub mod depots;
pub mod formulaires;
pub mod invites;
pub mod mes_dossiers;
