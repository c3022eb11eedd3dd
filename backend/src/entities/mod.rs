//! The tables, one file each.

pub mod administrateur;
pub mod compte;
pub mod connexion_rdv;
pub mod courriel;
pub mod demande_oauth;
pub mod demarche;
pub mod dossier;
pub mod evenement;
pub mod geste_rdv;
pub mod groupe;
pub mod instructeur;
pub mod invitation_rdv;
pub mod journal;
pub mod message;
pub mod modele_courriel;
pub mod notification;
pub mod organisation;
pub mod personne_rdv;
pub mod plan_rdv;
pub mod proposition;
pub mod rendez_vous;
pub mod session;
pub mod tache;
pub mod vue;
