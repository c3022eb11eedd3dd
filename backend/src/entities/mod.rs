//! The tables, one file each.

pub mod administrateur;
pub mod brouillon;
pub mod champ;
pub mod compte;
pub mod contenu;
pub mod courriel;
pub mod demarche;
pub mod dossier;
pub mod evenement;
pub mod geste_rdv;
pub mod groupe;
pub mod instructeur;
pub mod journal;
pub mod message;
pub mod notification;
pub mod organisation;
pub mod personne_rdv;
pub mod piece_jointe;
pub mod proposition;
pub mod rendez_vous;
pub mod session;
pub mod tache;
pub mod vue;
