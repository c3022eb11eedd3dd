//! Beside Démarches Simplifiées, against its stand-in.

mod envois;
mod lecture_seule;
mod liens;
pub mod miroir;
mod pannes;
mod raccordement;
mod signalements;
