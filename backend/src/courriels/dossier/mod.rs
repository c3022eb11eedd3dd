//! The mails about a dossier, to its usager and to those who follow it.

pub(super) mod correction;
pub(super) mod depot;
pub(super) mod depot_recu;
pub(super) mod expirants;
pub(super) mod expiration;
pub(super) mod expire;
pub(super) mod invite;
pub(super) mod message;
pub(super) mod modification;
pub(super) mod traitement;
