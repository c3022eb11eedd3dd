//! The mails between those who examine a dossier.

pub(super) mod avis;
pub(super) mod avis_rendu;
pub(super) mod reaffectation;
pub(super) mod recommandation;
