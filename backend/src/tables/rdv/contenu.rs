//! The content of a file, sealed.

use domain::ids::PieceId;
use sea_orm::entity::prelude::*;

/// A row of `contenus`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contenus")]
pub struct Model {
    /// Which file.
    #[sea_orm(primary_key, auto_increment = false)]
    pub piece: PieceId,
    /// What is in it, sealed.
    pub scelle: Vec<u8>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
