//! Forms: their fields, what was refused and why, what opens over the page.

pub mod conflit;
pub mod modale;
#[cfg(feature = "ssr")]
pub mod mot_de_passe;
pub mod panneau;
pub mod pieces;
#[cfg(feature = "ssr")]
pub mod questionnaire;
pub mod questions;
pub mod rythmes;
pub mod saisie;
pub mod suivi;
