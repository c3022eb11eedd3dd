//! The account of RDV Service Public that somebody connected; without tokens once it is lost.

use sea_orm::entity::prelude::*;

/// A row of `connexions_rdv`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connexions_rdv")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub compte: i64,
    pub hote: String,
    pub agent: i64,
    pub email: String,
    pub acces_scelle: Option<Vec<u8>>,
    pub rafraichissement_scelle: Option<Vec<u8>>,
    pub expire_le: DateTimeUtc,
    pub version: i64,
    pub verrou_jusqu_a: Option<DateTimeUtc>,
    pub connectee_le: DateTimeUtc,
    pub perdue_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
