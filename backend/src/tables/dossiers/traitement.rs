//! A change of état made by an instructeur. The latest decision of a dossier is the one that holds.

use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::dossier;
use domain::ids::{CompteId, DossierNumero, TraitementId};
use domain::instruction::Geste;
use domain::vues::Decision;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

/// A row of `traitements`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "traitements")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: TraitementId,
    /// Of which dossier.
    pub dossier: DossierNumero,
    /// By whom.
    pub instructeur: CompteId,
    /// What was done.
    pub geste: Geste,
    /// What the usager reads of the reason.
    #[sea_orm(column_type = "Text", nullable)]
    pub motivation: Option<String>,
    /// That of the form: sent twice, it happens once.
    pub cle: String,
    /// When.
    pub le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The latest change of état of a dossier.
pub(crate) async fn dernier(
    db: &impl ConnectionTrait,
    dossier: DossierNumero,
) -> Result<Option<Model>, Echec> {
    Ok(Entity::find().filter(Column::Dossier.eq(dossier)).order_by_desc(Column::Id).one(db).await?)
}

/// The decision that holds on a dossier. Its état is the one that counts: a dossier decided on elsewhere
/// has no motivation here.
pub(crate) async fn decision(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
) -> Result<Option<Decision>, Echec> {
    let etat = dossier.etat;
    if etat.en_cours() {
        return Ok(None);
    }
    let dernier = dernier(db, dossier.numero).await?;
    Ok(dernier.filter(|t| t.geste.vers() == etat).map(|t| Decision {
        etat,
        motivation: t.motivation,
        le: temps::a_paris(t.le),
    }))
}
