//! A stand-in for RDV Service Public: booking pages and signed webhooks, for demonstrations and tests.
//!
//! It shares no code with the application: the two know each other only by the contract.

mod api;
mod booking;
mod clock;
mod config;
mod contact;
mod dates;
mod draws;
mod edit;
pub mod embedded;
mod french;
mod lifecycle;
mod logs;
mod model;
mod oauth;
mod outbox;
mod pages;
mod people;
pub mod process;
mod recorded;
mod rights;
mod seed;
mod slots;
mod store;
#[cfg(test)]
mod tests;
mod web;
mod webhooks;
mod world;
