//! The native side: tables, use cases, webhooks of RDV Service Public, mails, jobs, live events.
//!
//! A use case takes a connection, the acting person and the time. Every change is one transaction
//! ([`base::Ecriture`]): rows, automatic message, audit line and the jobs it causes are written together.

pub mod autorisations;
pub mod base;
pub mod champs;
pub mod coffre;
pub mod contexte;
pub mod demarches;
pub mod demo;
pub mod depots;
pub mod direct;
pub mod dossiers;
pub mod entities;
pub mod erreur;
pub mod formulaires;
pub mod hasard;
pub mod journal;
pub mod mail;
pub mod mes_dossiers;
pub mod messages;
pub mod pieces;
pub mod propositions;
pub mod rattachements;
pub mod rdv_service_public;
pub mod reglages_rdv;
pub mod rendez_vous;
pub mod sessions;
pub mod taches;
pub mod temps;
mod vus;

pub use contexte::{Contexte, Outils};
pub use erreur::Echec;
