//! What tells whether the key of the application is the one that sealed the database: one row, two while it changes.

use sea_orm::entity::prelude::*;

/// A row of `temoins`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "temoins")]
pub struct Model {
    /// 1, unless the key changes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// A known text, sealed with the key of the application.
    pub scelle: Vec<u8>,
    /// When it was.
    pub scelle_le: DateTimeUtc,
}

/// It stands alone.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
