//! Server functions: each checks who asks, calls one use case, and gives its view back.
//!
//! They hold no rule and no query. A form posts to them with or without JavaScript.

pub mod administrateur;
pub mod administration;
pub mod agenda_rdv;
pub mod avis;
pub mod compte;
pub mod compte_rdv;
pub mod depot;
pub mod dossier;
pub mod instructeur;
pub mod instruction;
pub mod invites;
pub mod liste;
pub mod mises_de_cote;
pub mod rattachement;
pub mod session;
pub mod usager;

/// What every server function gives.
pub type Reponse<T> = Result<T, crate::erreur::ErreurApp>;
