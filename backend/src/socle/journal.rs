//! The audit trail: who did what and when. Written in the transaction of what it tells.

use crate::tables::journal;
use chrono::{DateTime, Utc};
use domain::ids::{CompteId, DemarcheNumero, DossierNumero, LienCompteId, RendezVousId};
use domain::journal::Action;
use domain::sujet::Sujet;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};
use std::fmt;

/// What something was done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objet {
    /// What pages watch as well.
    Sujet(Sujet),
    /// A rendez-vous, whose dossier may change.
    RendezVous(RendezVousId),
    /// A link to choose a password, sent to an address that may have no account.
    LienCompte(LienCompteId),
}

impl fmt::Display for Objet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sujet(sujet) => sujet.fmt(f),
            Self::RendezVous(id) => write!(f, "rendez-vous:{id}"),
            Self::LienCompte(id) => write!(f, "lien:{id}"),
        }
    }
}

impl From<Sujet> for Objet {
    fn from(sujet: Sujet) -> Self {
        Self::Sujet(sujet)
    }
}

impl From<DossierNumero> for Objet {
    fn from(numero: DossierNumero) -> Self {
        Self::Sujet(Sujet::Dossier(numero))
    }
}

impl From<DemarcheNumero> for Objet {
    fn from(numero: DemarcheNumero) -> Self {
        Self::Sujet(Sujet::Demarche(numero))
    }
}

impl From<CompteId> for Objet {
    fn from(compte: CompteId) -> Self {
        Self::Sujet(Sujet::Compte(compte))
    }
}

impl From<RendezVousId> for Objet {
    fn from(id: RendezVousId) -> Self {
        Self::RendezVous(id)
    }
}

/// Notes that `compte` (or the application itself) did `action` to `objet`. No personal data in `detail`.
///
/// # Errors
/// The database failed.
pub async fn noter(
    db: &impl ConnectionTrait,
    compte: Option<CompteId>,
    action: Action,
    objet: impl Into<Objet>,
    detail: Option<String>,
    maintenant: DateTime<Utc>,
) -> Result<(), DbErr> {
    let ligne = journal::ActiveModel {
        le: Set(maintenant),
        compte: Set(compte),
        action: Set(action.code().to_owned()),
        objet: Set(objet.into().to_string()),
        detail: Set(detail),
        ..Default::default()
    };
    journal::Entity::insert(ligne).exec_without_returning(db).await?;
    Ok(())
}
