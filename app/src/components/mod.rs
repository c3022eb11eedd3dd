//! The things that pages show.

pub mod badge;
#[cfg(feature = "ssr")]
pub mod bouton_imprimer;
pub mod copier;
#[cfg(feature = "ssr")]
pub mod dossier;
pub mod lien;
#[cfg(feature = "ssr")]
pub mod messagerie;
pub mod pagination;
pub mod personnes;
#[cfg(feature = "ssr")]
pub mod pieces;
#[cfg(feature = "ssr")]
pub mod proconnect;
#[cfg(feature = "ssr")]
pub mod progres;
#[cfg(feature = "ssr")]
pub mod rendez_vous;
pub mod site;
pub mod texte;
