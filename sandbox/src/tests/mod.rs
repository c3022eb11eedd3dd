//! Tests that cross several modules.

mod booking_path;
mod browser;
mod control_api;
mod own_rdvs;
mod recorded_bodies;
pub mod story;
mod webhook_delivery;
