//! What every subject stands on: the base, errors, time, chance, secrets, locks, the journal, live events.

pub(crate) mod bail;
pub mod base;
pub mod changement;
pub mod cle;
pub mod coffre;
pub mod direct;
pub mod erreur;
pub mod hasard;
pub mod journal;
pub mod lent;
pub mod outils;
pub mod rechiffrement;
pub(crate) mod regards;
pub mod telephone;
pub mod temoin;
pub mod temps;
pub(crate) mod tranches;
pub(crate) mod verrous;
