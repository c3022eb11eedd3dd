//! Use cases told as stories, each on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a story that can't be told fails")]

mod autorisations;
mod contrat;
mod corps;
mod direct;
mod messagerie;
mod migrations;
mod mises_de_cote;
mod monde;
mod propositions;
mod rattachement;
mod reglages;
mod taches;
mod usager;
mod webhooks;
