//! Tests that cross several modules.

mod api;
mod booking_path;
mod browser;
mod control_api;
mod disturbances;
mod load;
mod mails;
mod oauth;
mod own_rdvs;
mod recorded_bodies;
pub mod story;
mod webhook_delivery;
