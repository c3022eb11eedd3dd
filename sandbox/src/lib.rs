//! Stand-ins for RDV Service Public and for Démarches Simplifiées, for demonstrations and tests.
//!
//! They share no code with the application: the sides know each other only by the contracts.

mod api;
mod config;
pub mod demarches_simplifiees;
pub mod embedded;
mod mails;
mod model;
mod pages;
pub mod process;
mod rules;
mod state;
#[cfg(test)]
mod tests;
mod text;
mod web;
mod webhooks;
