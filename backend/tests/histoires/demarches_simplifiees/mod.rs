//! Beside Démarches Simplifiées, against its stand-in.

mod envois;
mod liens;
mod pannes;
mod raccordement;
mod signalements;
