//! The mails about dossiers and drafts, to their usagers and to those who examine them.

pub(super) mod contact;
pub(super) mod correction;
pub(super) mod depot;
pub(super) mod depot_recu;
pub(super) mod expirants;
pub(super) mod expiration;
pub(super) mod expire;
pub(super) mod export;
pub(super) mod fichier_infecte;
pub(super) mod invite;
pub(super) mod mes_donnees;
pub(super) mod message;
pub(super) mod modification;
pub(super) mod traitement;
