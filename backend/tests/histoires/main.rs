//! Use cases told as stories, each on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a story that can't be told fails")]

mod autorisations;
mod direct;
mod instruction;
mod liste;
mod messagerie;
mod monde;
mod propositions;
mod reglages;
mod taches;
mod webhooks;
