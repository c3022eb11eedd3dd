//! The last comparison of an organisation with the platform's own list, and the next one.

use sea_orm::entity::prelude::*;

/// A row of `reconciliations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reconciliations")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: i64,
    pub a_partir_de: DateTimeUtc,
    pub prise_jusqu_a: Option<DateTimeUtc>,
    pub tentee_le: Option<DateTimeUtc>,
    pub reussie_le: Option<DateTimeUtc>,
    pub reparees: i32,
    pub erreur: Option<String>,
    pub silence_depuis: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
