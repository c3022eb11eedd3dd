//! The dossiers: what all their readers share.

pub(crate) mod delais;
pub mod dossiers;
pub mod examen;
pub mod expirations;
pub mod mots;
pub mod pieces;
pub mod purge;
pub mod telechargement;
pub mod usager;
