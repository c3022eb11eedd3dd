//! A groupe instructeur: its members see its dossiers, and no others.

use crate::socle::erreur::Echec;
use crate::tables::instructeur;
use domain::ids::{CompteId, DemarcheNumero, GroupeId};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Query;
use sea_orm::{QueryOrder, QuerySelect};

/// A row of `groupes`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "groupes")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: GroupeId,
    /// Which démarche it is of.
    pub demarche: DemarcheNumero,
    /// What it is called; « défaut » for the first one.
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
pub async fn membres(db: &impl ConnectionTrait, groupe: GroupeId) -> Result<Vec<CompteId>, Echec> {
    Ok(instructeur::Entity::find()
        .filter(instructeur::Column::Groupe.eq(groupe))
        .order_by_asc(instructeur::Column::Compte)
        .select_only()
        .column(instructeur::Column::Compte)
        .into_tuple()
        .all(db)
        .await?)
}

/// The groupes that an instructeur belongs to.
///
/// # Errors
/// The database failed.
pub async fn de_l_instructeur(
    db: &impl ConnectionTrait,
    compte: CompteId,
) -> Result<Vec<Model>, Echec> {
    let siens = Query::select()
        .column(instructeur::Column::Groupe)
        .from(instructeur::Entity)
        .and_where(instructeur::Column::Compte.eq(compte))
        .to_owned();
    Ok(Entity::find().filter(Column::Id.in_subquery(siens)).all(db).await?)
}
