//! What somebody decided about a rendez-vous, and what it was before: it can be undone.

use super::rendez_vous::Decision;
use crate::tables::mots::mots;
use domain::ids::{CompteId, DossierNumero, GesteId, PropositionId, RendezVousId};
use sea_orm::entity::prelude::*;

/// A row of `gestes_rdv`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gestes_rdv")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: GesteId,
    /// About which rendez-vous.
    pub rendez_vous: RendezVousId,
    /// Who.
    pub compte: CompteId,
    /// What they did.
    pub genre: Genre,
    /// The dossier that it was attached to.
    pub dossier_avant: Option<DossierNumero>,
    /// The proposition that it answered.
    pub proposition_avant: Option<PropositionId>,
    /// Who had attached it.
    pub instructeur_avant: Option<CompteId>,
    /// What was settled about it.
    pub decision_avant: Option<Decision>,
    /// The dossier that they attached it to.
    pub dossier_apres: Option<DossierNumero>,
    /// When.
    pub le: DateTimeUtc,
    /// When they undid it.
    pub annule_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

mots! {
    /// What somebody did about the dossier of a rendez-vous.
    enum Genre in ("gestes_rdv") {
        /// They attached it.
        Rattacher = "rattacher",
        /// They detached it, on « Rendez-vous avec les usagers ».
        Detacher = "detacher",
        /// They detached it, in the messagerie of its dossier.
        DetacherDuDossier = "detacher_du_dossier",
        /// They said that it concerns no dossier.
        Ecarter = "ecarter",
        /// They put it back among those to attach.
        Reprendre = "reprendre",
    }
}
