//! Use cases told as stories, each on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a story that can't be told fails")]

mod agendas;
mod autorisations;
mod connexions;
mod contrat;
mod corps;
mod direct;
mod invitations;
mod messagerie;
mod migrations;
mod mises_de_cote;
mod monde;
mod plans;
mod plateforme;
mod propositions;
mod rattachement;
mod reglages;
mod taches;
mod webhooks;
