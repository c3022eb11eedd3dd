//! Mails: what they say ([`textes`]) and how they leave ([`envoi`]).

mod avis;
mod composition;
mod comptes;
mod corrections;
pub mod envoi;
mod envois;
mod modele;
pub mod serveur;
pub mod textes;
mod traitements;

pub use composition::composer;
pub use envoi::{EchecEnvoi, Expediteur};

/// A mail ready to leave. Personal data: never logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Courriel {
    /// Address of the person.
    pub a: String,
    /// Subject.
    pub sujet: String,
    /// The plain text.
    pub texte: String,
    /// The same, with links to click.
    pub html: String,
}
