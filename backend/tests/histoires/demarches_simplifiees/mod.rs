//! Beside Démarches Simplifiées, against its stand-in.

mod envois;
mod lecture_seule;
mod liens;
mod pannes;
mod raccordement;
mod signalements;
