//! A piece of the archive of an account, sealed.

use domain::ids::ArchiveId;
use sea_orm::entity::prelude::*;

/// A row of `morceaux_archives`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "morceaux_archives")]
pub struct Model {
    /// Which archive.
    #[sea_orm(primary_key, auto_increment = false)]
    pub archive: ArchiveId,
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
