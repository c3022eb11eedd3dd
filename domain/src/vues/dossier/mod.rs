//! A dossier, as each of its people sees it.

pub mod annotations;
pub mod avis;
pub mod envois;
pub mod formulaire;
pub mod impression;
pub mod instruction;
pub mod invites;
pub mod personnes;
pub mod pieces;
pub mod pieces_dossier;
