//! Somebody who went to RDV Service Public to connect their account, known by the digest of `state`.

use sea_orm::entity::prelude::*;

/// A row of `demandes_oauth`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "demandes_oauth")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub etat: String,
    pub session: String,
    pub compte: i64,
    pub verificateur_scelle: Vec<u8>,
    pub page: String,
    pub faite_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
