//! What the platform knows, and how it is kept.

pub mod clock;
pub mod draws;
pub mod outbox;
pub mod recorded;
pub mod seed;
pub mod store;
pub mod world;
