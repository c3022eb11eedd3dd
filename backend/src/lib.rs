//! The native side: tables, use cases, webhooks of RDV Service Public, mails, jobs, live events.
//!
//! A use case takes a connection, the acting person and the time. Every change is one transaction
//! ([`base::Ecriture`]): rows, automatic message, audit line and the jobs it causes are written together.

pub mod administration;
pub mod agendas;
pub mod annotations;
pub mod attente;
pub mod attestations;
pub mod autorisations;
pub mod avis;
mod bail;
pub mod base;
pub mod champs;
pub mod coffre;
pub mod comptes;
pub mod connexions;
pub mod contexte;
pub mod corrections;
mod delais;
pub mod demarches;
pub mod demo;
pub mod depots;
pub mod direct;
pub mod dossiers;
pub mod effectifs;
pub mod entities;
pub mod envois;
pub mod erreur;
pub mod formulaires;
pub mod hasard;
pub mod instruction;
pub mod invitations;
pub mod invites;
pub mod journal;
pub mod liste;
pub mod mail;
pub mod mes_dossiers;
pub mod messages;
pub mod mots_de_passe;
pub mod ouvriers;
mod pdf;
pub mod personnes;
pub mod pieces;
pub mod planning;
pub mod plans;
pub mod propositions;
pub mod purge;
pub mod rattachements;
pub mod rdv_service_public;
pub mod reaffectations;
pub mod recherche;
pub mod reconciliations;
pub mod reglages_rdv;
pub mod rendez_vous;
pub mod sessions;
pub mod suivis;
pub mod taches;
pub mod telechargement;
pub mod telephone;
pub mod temps;
pub mod tentatives;
mod verrous;
mod vus;

pub use contexte::{Acces, Contexte, Outils};
pub use erreur::Echec;
