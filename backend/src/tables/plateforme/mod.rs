//! What is kept of RDV Service Public itself.

pub mod agenda;
pub mod ancien_secret;
pub mod compte_rdv;
pub mod demande_oauth;
pub mod reconciliation;
