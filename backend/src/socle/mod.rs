//! What every subject stands on: the base, errors, time, chance, secrets, locks, the journal, live events.

pub(crate) mod bail;
pub mod base;
pub mod changement;
pub mod cle;
pub mod direct;
pub mod erreur;
pub mod fichiers;
pub mod journal;
pub mod lent;
pub mod outils;
pub(crate) mod regards;
pub mod secrets;
pub mod telephone;
pub mod temps;
pub(crate) mod tranches;
pub(crate) mod verrous;
