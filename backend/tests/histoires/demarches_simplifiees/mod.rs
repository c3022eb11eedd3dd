//! Beside Démarches Simplifiées, against its stand-in.

mod raccordement;
mod signalements;
