//! What instructeurs are told of by mail, and how fast.
//!
//! [`decision`] is the one place that says who is told at once; what is told later waits in a table for
//! [`recapitulatifs`], whose mails leave in the morning.

pub(crate) mod agenda;
pub(crate) mod decision;
pub mod desabonnement;
pub mod gestion;
pub mod recapitulatifs;
pub(crate) mod reglages;
