//! The pieces that pages are made of.

pub mod annonce;
pub mod badge;
pub mod carte_rendez_vous;
pub mod copier;
pub mod demande;
pub mod entete_site;
pub mod erreur;
pub mod fil_ariane;
pub mod formulaire;
pub mod geste;
pub mod lecture;
pub mod lien;
pub mod liste;
pub mod message;
pub mod messagerie;
pub mod onglets;
pub mod pagination;
pub mod pieces;
pub mod pied;
pub mod questions;
pub mod rendez_vous;
pub mod service;
pub mod texte;
pub mod titre;
