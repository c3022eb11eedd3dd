//! Propositions, rendez-vous, and what announces them.

pub mod contenu;
pub mod geste_rdv;
pub mod lien_personnel;
pub mod notification;
pub mod objet_fichier;
pub mod personne_rdv;
pub mod plan_rdv;
pub mod proposition;
pub mod rendez_vous;
