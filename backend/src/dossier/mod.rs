//! The dossiers: what all their readers share.

pub mod consultations;
pub(crate) mod delais;
pub mod demande;
pub mod effacement;
pub mod entete;
pub mod examen;
pub mod expirations;
pub mod mots;
pub mod pieces;
pub mod purge;
pub mod resume;
pub mod telechargement;
pub mod usager;
