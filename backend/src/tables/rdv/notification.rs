//! The inbox: every verified webhook, stored before it is answered, applied later.

use sea_orm::entity::prelude::*;

/// A row of `notifications`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notifications")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub organisation: i64,
    pub empreinte: String,
    pub corps_scelle: Vec<u8>,
    pub etat: String,
    pub raison: Option<String>,
    pub essais: i32,
    pub recue_le: DateTimeUtc,
    pub a_partir_de: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
