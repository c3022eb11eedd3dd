//! Who did what and when.

use crate::socle::erreur::Echec;
use domain::ids::DemarcheNumero;
use domain::sujet::Sujet;
use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QueryOrder, Select};

/// A row of `journal`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "journal")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub le: DateTimeUtc,
    pub compte: Option<i64>,
    pub action: String,
    pub objet: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub detail: Option<String>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How many changes the journal knows.
///
/// # Errors
/// The database failed.
pub(crate) async fn combien(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
) -> Result<u64, Echec> {
    Ok(de_la_demarche(numero).count(db).await?)
}

pub(crate) fn de_la_demarche(numero: DemarcheNumero) -> Select<Entity> {
    Entity::find()
        .filter(Column::Objet.eq(Sujet::Demarche(numero).to_string()))
        .order_by_desc(Column::Id)
}
