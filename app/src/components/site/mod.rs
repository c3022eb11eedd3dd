//! What is around all pages.

pub mod compte_rdv;
pub mod entete;
pub mod pied;
pub mod rubriques;
