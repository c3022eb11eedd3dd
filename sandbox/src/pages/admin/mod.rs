//! Webhooks, and how everything is disturbed.

pub mod clock;
pub mod deliveries;
pub mod disturbances;
pub mod webhook_endpoints;
