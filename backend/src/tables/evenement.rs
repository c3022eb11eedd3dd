//! A live event: something about a topic changed.

use sea_orm::entity::prelude::*;

/// A row of `evenements`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evenements")]
pub struct Model {
    /// They are given to pages in this order.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// A [`domain::sujet::Sujet`], as it is written.
    pub sujet: String,
    /// When; it is forgotten a day later.
    pub le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
