//! An organisation of RDV Service Public whose agenda a démarche uses, with the secret of its webhooks.

use sea_orm::entity::prelude::*;

/// A row of `organisations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisations")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub hote: String,
    pub organisation: i64,
    pub secret_scelle: Vec<u8>,
    pub cree_le: DateTimeUtc,
    pub dernier_webhook_le: Option<DateTimeUtc>,
    pub secret_pour: Option<i64>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
