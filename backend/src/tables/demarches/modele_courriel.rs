//! The words that an administrateur gave to a mail. Absent, the mail says what it says by default.

use sea_orm::entity::prelude::*;

/// A row of `modeles_courriels`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "modeles_courriels")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub demarche: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub modele: String,
    #[sea_orm(column_type = "Text")]
    pub objet: String,
    #[sea_orm(column_type = "Text")]
    pub corps: String,
    pub modifie_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
