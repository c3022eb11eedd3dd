//! Use cases told as stories, each on SQLite and on PostgreSQL.

mod autorisations;
mod direct;
mod messagerie;
mod monde;
mod propositions;
mod reglages;
mod taches;
mod webhooks;
