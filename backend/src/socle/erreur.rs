//! Why a use case failed: a rule said no, or a machine did.

use domain::Erreur;
use sea_orm::{ConnAcquireErr, DbErr};

/// Why a use case did nothing.
#[derive(Debug, thiserror::Error)]
pub enum Echec {
    /// A rule said no: the person can read why.
    #[error(transparent)]
    Metier(#[from] Erreur),
    /// The database failed.
    #[error("database: {0}")]
    Base(#[from] DbErr),
    /// Something stored can't be read back. Holds what it is, never its content.
    #[error("unreadable {0}")]
    Illisible(&'static str),
    /// A PDF could not be made, or not everybody could have read it.
    #[error("PDF: {0}")]
    Document(#[from] krilla::error::KrillaError),
}

impl Echec {
    /// What the person reads. A failure of a machine goes to the logs and is told without its details.
    #[must_use]
    pub fn pour_l_ecran(self) -> Erreur {
        match self {
            Self::Metier(erreur) => erreur,
            autre => {
                if !autre.base_absente() {
                    tracing::error!(erreur = %autre, "a use case failed");
                }
                Erreur::Indisponible
            }
        }
    }

    /// Whether the database was known not to answer: the cause is in the logs already.
    #[must_use]
    pub const fn base_absente(&self) -> bool {
        matches!(self, Self::Base(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed)))
    }

    /// Whether two writers collided on a row that must be unique.
    #[must_use]
    pub fn doublon(&self) -> bool {
        matches!(self, Self::Base(erreur) if doublon(erreur))
    }
}

/// Whether the database refused a second row where only one may be.
#[must_use]
pub fn doublon(erreur: &DbErr) -> bool {
    matches!(erreur.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_)))
}
