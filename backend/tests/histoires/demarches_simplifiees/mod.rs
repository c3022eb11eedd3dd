//! Beside a platform that runs Démarches Simplifiées.

mod envois;
mod liens;
mod pannes;
