//! People, and how they come in.

pub mod abonnement;
pub mod administrateur;
pub mod archive_compte;
pub mod compte;
pub mod confirmation;
pub mod demande_identite;
pub mod formulaire_en_attente;
pub mod identite;
pub mod instructeur;
pub mod lien_compte;
pub mod morceau_archive;
pub mod navigateur;
pub mod rattachement_identite;
pub mod session;
