//! Tests of the stand-in for Démarches Simplifiées: what a connector must be able to count on.

mod callers;
mod client;
mod content;
mod control_api;
mod disturbances;
mod load;
mod pages;
mod reading;
mod webhooks;
mod writing;
