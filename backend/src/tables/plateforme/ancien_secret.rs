//! A secret of an organisation's webhooks that was renewed, and still holds for a while.

use domain::ids::AgendaId;
use sea_orm::entity::prelude::*;

/// A row of `anciens_secrets`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "anciens_secrets")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Whose webhooks it signed.
    pub organisation: AgendaId,
    /// The secret, sealed.
    pub secret_scelle: Vec<u8>,
    /// Until when what it signs is taken.
    pub jusqu_a: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
