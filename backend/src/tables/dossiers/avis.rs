//! What an instructeur asks an expert, and the answer.

use crate::socle::erreur::Echec;
use domain::avis::EtatAvis;
use sea_orm::entity::prelude::*;

/// A row of `avis`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "avis")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub dossier: i64,
    pub instructeur: i64,
    pub email: String,
    #[sea_orm(column_type = "Text")]
    pub question: String,
    pub confidentiel: bool,
    pub etat: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub reponse: Option<String>,
    pub cle: String,
    pub demande_le: DateTimeUtc,
    pub envoye_le: DateTimeUtc,
    pub expire_le: DateTimeUtc,
    pub relances: i32,
    pub rendu_le: Option<DateTimeUtc>,
    pub empreinte: Option<String>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn etat(avis: &Model) -> Result<EtatAvis, Echec> {
    EtatAvis::from_code(&avis.etat).ok_or(Echec::Illisible("état of an opinion"))
}
