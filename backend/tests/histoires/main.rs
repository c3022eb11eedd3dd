//! Use cases told as stories, each on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a story that can't be told fails")]

mod administration;
mod agendas;
mod autorisations;
mod avertir;
mod avis;
mod avis_pieces;
mod base;
mod champs_prives;
mod comptes;
mod connexions;
mod contrat;
mod corps;
mod courriels;
mod delais;
mod direct;
mod dossier;
mod effectifs;
mod expirations;
mod illisible;
mod inbox;
mod instruction;
mod invitations;
mod invites;
mod limites;
mod liste;
mod messagerie;
mod migrations;
mod mises_de_cote;
mod modele;
mod monde;
mod octets;
mod papier;
#[path = "../outils/pdf_relu.rs"]
mod pdf_relu;
mod planning;
mod plans;
mod plans_de_lecture;
mod plateforme;
mod propositions;
mod purge;
mod rattachement;
mod reaffectation;
mod reconciliations;
mod reglages;
mod serveur_smtp;
mod taches;
mod tags;
mod usager;
mod verrous;
mod versions;
mod webhooks;
