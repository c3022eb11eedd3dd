//! Forms: their fields, what was refused and why, what opens over the page.

pub mod conflit;
pub mod modale;
#[cfg(feature = "ssr")]
pub mod mot_de_passe;
#[cfg(feature = "ssr")]
pub mod panneau;
#[cfg(feature = "ssr")]
pub mod pieces;
#[cfg(feature = "ssr")]
pub mod questionnaire;
#[cfg(feature = "ssr")]
pub mod questions;
pub mod rythmes;
pub mod saisie;
pub mod suivi;
