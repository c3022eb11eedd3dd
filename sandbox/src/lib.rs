//! A stand-in for RDV Service Public: booking pages and signed webhooks, for demonstrations and tests.
//!
//! It shares no code with the application: the two know each other only by the contract.

mod api;
mod config;
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
