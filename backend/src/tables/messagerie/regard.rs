//! When an account last looked at something that has an orange dot.

use domain::ids::CompteId;
use sea_orm::entity::prelude::*;

/// A row of `vues`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vues")]
pub struct Model {
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub compte: CompteId,
    /// At what: a [`domain::sujet::Sujet`] and a part of its page.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sujet: String,
    /// When.
    pub vu_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
