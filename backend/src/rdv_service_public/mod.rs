//! What comes from RDV Service Public: signature, decoding, inbox, application.
//!
//! Bytes → [`signature`] → [`inbox`] (stored, answered) → worker → [`lecture`] → [`application`].

pub mod application;
pub mod inbox;
pub mod lecture;
pub mod signature;
