//! The things that pages show.

pub mod badge;
pub mod bouton_imprimer;
pub mod copier;
pub mod dossier;
pub mod lien;
pub mod messagerie;
pub mod pagination;
pub mod personnes;
pub mod pieces;
pub mod proconnect;
pub mod progres;
pub mod rendez_vous;
pub mod site;
pub mod texte;
