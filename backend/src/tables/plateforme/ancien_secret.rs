//! A secret of an organisation's webhooks that was renewed, and still holds for a while.

use sea_orm::entity::prelude::*;

/// A row of `anciens_secrets`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "anciens_secrets")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub organisation: i64,
    pub secret_scelle: Vec<u8>,
    pub jusqu_a: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
