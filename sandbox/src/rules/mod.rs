//! What may be done, and what comes of it.

pub mod booking;
pub mod edit;
pub mod lifecycle;
pub mod oauth;
pub mod people;
pub mod rights;
pub mod slots;
