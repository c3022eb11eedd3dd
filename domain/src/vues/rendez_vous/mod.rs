//! Rendez-vous, and the platform that has them.

pub mod abonnement;
pub mod agenda_rdv;
pub mod compte_rdv;
pub mod invitation;
pub mod lien_proposition;
pub mod mises_de_cote;
pub mod planning;
pub mod rattachement;
pub mod statistiques;
pub mod synchronisation;
