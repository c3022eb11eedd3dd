//! What agents see.

pub mod agenda;
pub mod agent_rdv;
pub mod authorize;
pub mod people;
pub mod rdv_plan;
