//! What every request goes through before a handler sees it.

pub mod chemin;
pub mod compression;
pub mod confiance;
pub mod delais;
pub mod hote;
pub mod prefixe;
pub mod provenance;
pub mod securite;
pub mod traces;
