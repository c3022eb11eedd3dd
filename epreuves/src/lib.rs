//! What the trials share: the real programs as processes, and a database with as many dossiers as they need.
//!
//! A trial that can't be set up has failed: everything here panics rather than give errors back.

#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a trial that can't be set up fails"
)]

pub mod appels;
pub mod bases;
pub mod envois;
pub mod programmes;
