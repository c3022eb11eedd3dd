//! What comes from RDV Service Public: signature, decoding, inbox, application.
//!
//! Bytes → [`signature`] → [`inbox`] (stored, answered) → worker → [`lecture`] → [`application`].

pub mod application;
pub(crate) mod candidats;
pub mod client;
pub mod inbox;
pub mod lecture;
pub mod mises_de_cote;
pub mod signature;
pub(crate) mod suite;
