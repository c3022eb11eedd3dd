//! What joins a démarche to a platform that runs Démarches Simplifiées.

pub mod auteur_distant;
pub mod dossier_ecarte;
pub mod groupe_miroir;
pub mod lien_proposition;
pub mod message_distant;
pub mod miroir;
pub mod raccordement;
pub mod signalement_distant;
