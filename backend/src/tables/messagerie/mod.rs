//! The messages, and who saw what.

pub mod message;
pub mod regard;
