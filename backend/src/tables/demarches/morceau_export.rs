//! A piece of an export, sealed.

use domain::ids::ExportId;
use sea_orm::entity::prelude::*;

/// A row of `morceaux_exports`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "morceaux_exports")]
pub struct Model {
    /// Which export.
    #[sea_orm(primary_key, auto_increment = false)]
    pub export: ExportId,
    /// Which try made it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub essai: i32,
    /// Its place, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub rang: i32,
    /// What is in it, sealed.
    pub scelle: Vec<u8>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
