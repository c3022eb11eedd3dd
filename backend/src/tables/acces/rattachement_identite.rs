//! An identity that was proven, and waits for the account that it belongs to.

use domain::ids::RattachementIdentiteId;
use sea_orm::entity::prelude::*;

/// A row of `rattachements_identite`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rattachements_identite")]
pub struct Model {
    /// The task of its mail names it.
    #[sea_orm(primary_key)]
    pub id: RattachementIdentiteId,
    /// Digest of what the browser that proved it holds: nobody else goes on.
    pub navigateur: String,
    /// Digest of the token of its mail, once one was sent.
    pub lien: Option<String>,
    /// Sealed: what the platform said, the page to come to, the address and the token of its mail.
    pub scelle: Vec<u8>,
    /// When it was proven.
    pub cree_le: DateTimeUtc,
    /// Until when it waits.
    pub expire_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
