//! The machine of a page: what it reads and keeps up to date, its titles, what it finds in its context.

pub mod adresse;
pub mod annonce;
pub mod contexte;
pub mod direct;
pub mod erreur;
pub mod fil_ariane;
pub mod lecture;
pub mod liste;
pub mod navigateur;
#[cfg(feature = "ssr")]
pub mod onglets;
mod partie;
pub mod reussite;
pub mod service;
pub mod titre;
#[cfg(feature = "ssr")]
pub mod vers;
