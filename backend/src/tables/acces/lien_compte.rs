//! A link sent by mail: whoever opens it reads the mails of that address, and may choose a password.

use sea_orm::entity::prelude::*;

/// A row of `liens_compte`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "liens_compte")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub empreinte: String,
    pub jeton_scelle: Vec<u8>,
    pub email: String,
    pub motif: String,
    pub demarche: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub retour: String,
    pub cree_le: DateTimeUtc,
    pub expire_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
