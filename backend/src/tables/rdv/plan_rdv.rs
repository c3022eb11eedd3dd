//! A rendez-vous that an agent plans by themself for a dossier.

use crate::tables::mots::mots;
use domain::ids::{CompteId, DossierNumero, PlanId, RdvId, RdvUserId};
use sea_orm::entity::prelude::*;

/// A row of `plans_rdv`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plans_rdv")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: PlanId,
    /// The site: `https://` and its name.
    pub hote: String,
    /// The number that the site gives it.
    pub plan: i64,
    /// For which dossier.
    pub dossier: DossierNumero,
    /// The agent, who alone may read it there.
    pub instructeur: CompteId,
    /// The number of the usager there.
    pub personne: RdvUserId,
    /// The page where the agent chooses the slot.
    #[sea_orm(column_type = "Text")]
    pub url: String,
    /// Where it stands.
    pub etat: EtatPlan,
    /// The number of its rendez-vous there, once one is booked.
    pub rdv: Option<RdvId>,
    /// When it was opened.
    pub cree_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

mots! {
    /// Where a plan stands.
    enum EtatPlan in ("plans_rdv") {
        /// It waits for its rendez-vous.
        Ouvert = "ouvert",
        /// Its rendez-vous is known.
        Pris = "pris",
        /// It is no more on RDV Service Public.
        Perdu = "perdu",
    }
}
