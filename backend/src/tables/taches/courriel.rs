//! The local mailbox of development and demo.

use domain::ids::TacheId;
use sea_orm::entity::prelude::*;

/// A row of `courriels`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "courriels")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The task that sent it: it is kept once.
    pub tache: TacheId,
    /// To whom.
    pub destinataire: String,
    /// Its subject.
    #[sea_orm(column_type = "Text")]
    pub sujet: String,
    /// Its text.
    #[sea_orm(column_type = "Text")]
    pub texte: String,
    /// The same, as HTML.
    #[sea_orm(column_type = "Text")]
    pub html: String,
    /// When.
    pub envoye_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
