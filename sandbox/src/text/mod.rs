//! What people type and read.

pub mod contact;
pub mod dates;
pub mod french;
