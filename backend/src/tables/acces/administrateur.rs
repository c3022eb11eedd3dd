//! Who manages a démarche.

use crate::socle::erreur::Echec;
use domain::ids::{CompteId, DemarcheNumero};
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

/// A row of `administrateurs`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "administrateurs")]
pub struct Model {
    /// The démarche.
    #[sea_orm(primary_key, auto_increment = false)]
    pub demarche: DemarcheNumero,
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub compte: CompteId,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Who manages a démarche.
pub(crate) async fn comptes(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
) -> Result<Vec<CompteId>, Echec> {
    let choix = Entity::find().filter(Column::Demarche.eq(numero));
    Ok(choix.select_only().column(Column::Compte).into_tuple().all(db).await?)
}

/// The démarches that somebody manages.
pub(crate) async fn demarches(
    db: &impl ConnectionTrait,
    compte: CompteId,
) -> Result<Vec<DemarcheNumero>, Echec> {
    let choix = Entity::find().filter(Column::Compte.eq(compte));
    Ok(choix.select_only().column(Column::Demarche).into_tuple().all(db).await?)
}
