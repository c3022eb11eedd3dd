//! The rendez-vous: proposing, booking, showing, attaching.

pub mod agendas;
pub mod arrivee;
pub mod calendriers;
pub mod liens_personnels;
pub(crate) mod montrer;
pub(crate) mod nouveautes;
pub mod onglet;
pub mod planning;
pub mod plans_rdv;
pub mod propositions;
pub mod rattachements;
pub mod reconciliations;
pub mod relances;
pub mod tag;
pub mod tuile_rdv;
