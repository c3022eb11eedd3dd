//! A signed-in browser, found by the digest of its token.

use domain::ids::CompteId;
use sea_orm::entity::prelude::*;

/// A row of `sessions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// Digest of the token of the cookie.
    #[sea_orm(primary_key, auto_increment = false)]
    pub empreinte: String,
    /// Who signed in.
    pub compte: CompteId,
    /// When.
    pub cree_le: DateTimeUtc,
    /// Until when it holds.
    pub expire_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
