//! Server functions: each checks who asks, calls one use case, and gives its view back.
//!
//! They hold no rule and no query. A form posts to them with or without JavaScript.

pub mod abonnement;
pub mod administrateur;
pub mod compte;
pub mod compte_rdv;
pub mod confirmation;
pub mod desabonnement;
pub mod dossier;
pub mod expert;
pub mod identites;
pub mod instructeur;
pub mod mon_compte;
pub mod proposition;
pub mod session;
pub mod usager;

use crate::erreur::ErreurApp;

/// What every server function gives.
pub type Reponse<T> = Result<T, ErreurApp>;
