//! People, and how they come in.

pub mod abonnement;
pub mod administrateur;
pub mod compte;
pub mod demande_identite;
pub mod confirmation;
pub mod formulaire_en_attente;
pub mod identite;
pub mod instructeur;
pub mod lien_compte;
pub mod rattachement_identite;
pub mod navigateur;
pub mod session;
