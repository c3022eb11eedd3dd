//! A groupe instructeur: its members see its dossiers, and no others.

use crate::socle::erreur::Echec;
use crate::tables::instructeur;
use domain::ids::CompteId;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

/// A row of `groupes`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "groupes")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub demarche: i64,
    pub nom: String,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The instructeurs of a groupe.
///
/// # Errors
/// The database failed.
pub async fn membres(db: &impl ConnectionTrait, groupe: i64) -> Result<Vec<CompteId>, Echec> {
    let comptes: Vec<i64> = instructeur::Entity::find()
        .filter(instructeur::Column::Groupe.eq(groupe))
        .order_by_asc(instructeur::Column::Compte)
        .select_only()
        .column(instructeur::Column::Compte)
        .into_tuple()
        .all(db)
        .await?;
    Ok(comptes.into_iter().map(CompteId).collect())
}

/// The groupes that an instructeur belongs to.
///
/// # Errors
/// The database failed.
pub async fn de_l_instructeur(
    db: &impl ConnectionTrait,
    compte: CompteId,
) -> Result<Vec<Model>, Echec> {
    let ids: Vec<i64> = instructeur::Entity::find()
        .filter(instructeur::Column::Compte.eq(compte.0))
        .select_only()
        .column(instructeur::Column::Groupe)
        .into_tuple()
        .all(db)
        .await?;
    Ok(Entity::find().filter(Column::Id.is_in(ids)).all(db).await?)
}
