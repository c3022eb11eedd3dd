//! Why a mail did not leave.

use super::smtp::serveur::Panne;
use crate::socle::erreur::Echec;
use domain::raccordement::Empechement;

/// Why a mail did not leave. Says nothing of the person.
#[derive(Debug, thiserror::Error)]
pub enum EchecEnvoi {
    /// The task can't be read.
    #[error("unreadable task")]
    Illisible,
    /// An address can't be written to.
    #[error("unusable address")]
    Adresse,
    /// The mail server says for ever that this address takes nothing; holds its code.
    #[error("mail server: the recipient is refused ({0})")]
    Destinataire(String),
    /// The mail server refuses for ever, and it may be the sender or the server that has to be mended; holds its code.
    #[error("mail server: refused ({0})")]
    Refus(String),
    /// The mail server asks to come back later.
    #[error("mail server: put off ({code})")]
    Differe {
        /// Its code.
        code: String,
        /// Whether it says so of the address alone.
        adresse: bool,
    },
    /// The mail server fell silent or hung up as it was given the mail: whether it keeps it is not known.
    #[error("mail server: cut while it was given the mail")]
    Interrompu,
    /// The mail server did not answer.
    #[error("mail server: {0}")]
    Serveur(#[from] Panne),
    /// Composing or asking panicked: the cause is in the logs already.
    #[error("the task panicked")]
    Panique,
    /// It is not a mail, and Démarches Simplifiées did not take it. Its words may name a person.
    #[error("Démarches Simplifiées: {}", .0.code())]
    Distant(Empechement),
    /// The database failed.
    #[error(transparent)]
    Base(#[from] Echec),
}

impl EchecEnvoi {
    /// Whether no mail server was met, so that nothing is known of the mail itself.
    pub(crate) const fn panne(&self) -> bool {
        matches!(self, Self::Serveur(_))
    }

    /// Whether it only has to wait, for a server or for somebody: no number of tries gives it up.
    pub(crate) fn attend(&self) -> bool {
        self.panne() || matches!(self, Self::Distant(empechement) if !empechement.definitif())
    }
}

impl From<sea_orm::DbErr> for EchecEnvoi {
    fn from(erreur: sea_orm::DbErr) -> Self {
        Self::Base(erreur.into())
    }
}
