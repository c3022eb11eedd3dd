//! The messagerie of a dossier, for either side.

pub mod fil;
pub mod message;
