//! The mails about rendez-vous: proposed, taken, changed.

pub(super) mod changement;
pub(super) mod confirmation;
pub(super) mod fait;
pub(super) mod proposition;
pub(super) mod relance;
pub(super) mod retrait;
