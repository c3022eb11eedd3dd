//! The messages of a dossier.

pub(crate) mod avertir;
pub mod ecriture;
pub mod fil;
pub mod lus;
pub mod suppression;
