//! The tables, one file each.

pub mod administrateur;
pub mod colonnes;
pub mod compte;
pub mod correction;
pub mod courriel;
pub mod demarche;
pub mod dossier;
pub mod evenement;
pub mod groupe;
pub mod instructeur;
pub mod journal;
pub mod message;
pub mod notification;
pub mod organisation;
pub mod personne_rdv;
pub mod proposition;
pub mod rangement;
pub mod rendez_vous;
pub mod session;
pub mod suivi;
pub mod tache;
pub mod traitement;
pub mod vue;
