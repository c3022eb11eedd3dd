//! What is shown of a rendez-vous, to either side.

pub mod a_choisir;
pub mod carte;
pub mod fichier;
pub mod geste;
pub mod phrases;
pub mod usager;
