//! The rendez-vous: proposing, booking, showing, attaching.

pub mod agendas;
pub mod arrivee;
pub mod liens_personnels;
pub mod onglet;
pub mod planning;
pub mod plans_rdv;
pub mod propositions;
pub mod rattachements;
pub mod reconciliations;
pub mod tuile_rdv;
