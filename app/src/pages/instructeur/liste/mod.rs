//! The list of the dossiers of a démarche.

mod adresse;
mod bilan;
mod colonnes;
mod filtres;
mod onglets;
mod outils;
mod tableau;
mod telecharger;

pub use bilan::LeBilan;
pub use colonnes::Colonnes;
pub use filtres::Filtrer;
pub use onglets::{Onglets, Pages, pagination};
pub use outils::{Lots, Outils};
pub use tableau::Tableau;
pub use telecharger::ToutTelecharger;
