//! Rendez-vous: proposed, taken, matched, shown.

mod agendas;
mod arrivee;
mod calendriers;
mod invitations;
mod planning;
mod plans;
mod propositions;
mod rattachement;
mod reconciliations;
mod reglages;
mod relances;
mod tags;
