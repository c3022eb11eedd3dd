//! What the links above the list of a démarche lead to.

pub mod contacts;
pub mod equipe;
pub mod exports;
