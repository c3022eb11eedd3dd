//! Why a use case failed: a rule said no, or a machine did.

use crate::socle::fichiers::entrepot::Panne;
use domain::Erreur;
use domain::base::Illisible;
use sea_orm::{ConnAcquireErr, DbErr};

/// Why a use case did nothing.
#[derive(Debug, thiserror::Error)]
pub enum Echec {
    /// A rule said no: the person can read why.
    #[error(transparent)]
    Metier(#[from] Erreur),
    /// The database failed.
    #[error("database: {0}")]
    Base(DbErr),
    /// A stored value can't be read back.
    #[error(transparent)]
    Illisible(#[from] Illisible),
    /// Something that is no value of a row can't be used. Holds what it is, never its content.
    #[error("unusable {0}")]
    Inutilisable(&'static str),
    /// The store of files, beside the database, failed.
    #[error(transparent)]
    Entrepot(#[from] Panne),
    /// A PDF could not be made, or not everybody could have read it.
    #[error("PDF: {0}")]
    Document(#[from] krilla::error::KrillaError),
}

/// A word that nobody knows is told as such, whatever was asked of the database.
impl From<DbErr> for Echec {
    fn from(erreur: DbErr) -> Self {
        match &erreur {
            DbErr::TryIntoErr { source, .. } => match source.downcast_ref::<Illisible>() {
                Some(illisible) => Self::Illisible(illisible.clone()),
                None => Self::Base(erreur),
            },
            _ => Self::Base(erreur),
        }
    }
}

impl Echec {
    /// That of a value of a row whose key is known.
    #[must_use]
    pub fn illisible(table: &'static str, colonne: &'static str, ligne: impl Into<i64>) -> Self {
        Self::Illisible(Illisible::a(table, colonne, ligne))
    }

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
