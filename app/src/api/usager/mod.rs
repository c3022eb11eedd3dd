//! The usager's side.

pub mod depot;
pub mod dossier;
pub mod dossiers;
pub mod invites;
pub mod messagerie;
pub mod rendez_vous;
