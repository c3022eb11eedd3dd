//! What waits to be asked of RDV Service Public.

use super::definition::Tache;
use crate::tables::tache;
use domain::ids::{PlanId, PropositionId};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::SimpleExpr;
use serde::{Deserialize, Serialize};

/// Something to be asked of RDV Service Public. The names are those that are stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Demande {
    /// The personal link of a proposition.
    #[serde(rename = "invitation_rdv")]
    LienPersonnel {
        /// Which proposition.
        proposition: PropositionId,
    },
    /// A plan to be read again.
    #[serde(rename = "plan_rdv")]
    Plan {
        /// Its row.
        plan: PlanId,
    },
}

impl Demande {
    /// The stored names of all of them: a platform that does not answer must not keep mails waiting.
    pub(super) const GENRES: [&str; 2] = ["invitation_rdv", "plan_rdv"];

    /// What it is, for whoever looks after those that could not be done.
    #[must_use]
    pub const fn nom(&self) -> &'static str {
        match self {
            Self::LienPersonnel { .. } => "Lien personnel, demandé à RDV Service Public",
            Self::Plan { .. } => {
                "Rendez-vous choisi par un instructeur, demandé à RDV Service Public"
            }
        }
    }
}

impl Tache for Demande {
    fn lignes() -> SimpleExpr {
        tache::Column::Genre.is_in(Self::GENRES)
    }
}
