//! The rules of propositions and rendez-vous, shared by the server and the browser.
//!
//! Pure: no I/O, no clock, no randomness. Whatever depends on the time takes it as a parameter.

pub mod adresse;
pub mod agenda;
pub mod avis;
#[cfg(feature = "base")]
pub mod base;
pub mod champs;
pub mod chemin;
pub mod cle;
pub mod conservation;
pub mod correction;
pub mod courriel;
pub mod delais;
pub mod dossier;
pub mod email;
pub mod erreur;
pub mod fichier;
pub mod francais;
pub mod ids;
pub mod instruction;
pub mod journal;
pub mod liste;
pub mod message;
pub mod mise_de_cote;
pub mod modele;
pub mod mot_de_passe;
pub mod plateforme;
pub mod proposition;
pub mod publication;
pub mod rapprochement;
pub mod recherche;
pub mod reconciliation;
pub mod rendez_vous;
pub mod role;
pub mod saisie;
pub mod sujet;
pub mod tableur;
pub mod version;
pub mod visio;
pub mod vues;

pub use erreur::{Champ, Erreur, Saisie};
pub use plateforme::ErreurPlateforme;
