//! What the links above the list of a démarche lead to.

mod cadre;
mod contacts;
mod equipe;
mod exports;

pub use contacts::ContacterLesBrouillons;
pub use equipe::{AdministrateursSuivis, InstructeursDeLaDemarche};
pub use exports::ExportsDeLaDemarche;
