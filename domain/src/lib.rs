//! The rules of propositions and rendez-vous, shared by the server and the browser.
//!
//! Pure: no I/O, no clock, no randomness. Whatever depends on the time takes it as a parameter.

#[cfg(feature = "base")]
pub mod base;
pub mod chemin;
pub mod courriel;
pub mod demarche;
pub mod dossier;
pub mod erreur;
pub mod formulaire;
pub mod identite;
pub mod ids;
pub mod journal;
pub mod liste;
pub mod message;
mod mots;
pub mod raccordement;
pub mod rendez_vous;
pub mod role;
pub mod sujet;
pub mod texte;
pub mod vues;

pub use demarche::{avertissement, champs, export, modele, publication};
pub use dossier::{avis, conservation, consultation, correction, delais, instruction, retention};
pub use erreur::{Champ, Erreur, Saisie};
pub use formulaire::{cle, version};
pub use plateforme::ErreurPlateforme;
pub use rendez_vous::{
    agenda, calendrier, mise_de_cote, plateforme, proposition, rapprochement, reconciliation,
    relances, statistiques, visio,
};
pub use texte::{
    adresse, email, fichier, francais, mailto, mot_de_passe, navigateur, recherche, saisie, tableur,
};
