//! A notification of RDV Service Public arrives.
//!
//! Bytes → [`signature`] → [`reception`] (stored by [`guichet`], answered) → [`inbox`] (worker) → [`decodage`] → [`appliquer`] →
//! [`consequences`].

pub mod appliquer;
pub(crate) mod candidats;
pub(crate) mod consequences;
pub mod decodage;
pub mod guichet;
pub mod inbox;
pub mod mises_de_cote;
pub mod reception;
pub mod signature;
