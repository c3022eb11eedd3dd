//! What is shown of a rendez-vous, to either side.

#[cfg(feature = "ssr")]
pub mod a_choisir;
pub mod carte;
pub mod fichier;
pub mod geste;
pub mod phrases;
#[cfg(feature = "ssr")]
pub mod usager;
