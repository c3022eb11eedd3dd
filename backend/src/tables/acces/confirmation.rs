//! A link sent by mail to somebody who waits before the pages of an agent, or before what changes how their account is opened.

use domain::ids::{CompteId, ConfirmationId};
use sea_orm::entity::prelude::*;

/// A row of `confirmations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "confirmations")]
pub struct Model {
    /// The task of its mail names it.
    #[sea_orm(primary_key)]
    pub id: ConfirmationId,
    /// Whose session waits.
    pub compte: CompteId,
    /// Digest of its token, by which it is found.
    pub empreinte: String,
    /// The token, sealed, for the mail that carries it.
    pub jeton_scelle: Vec<u8>,
    /// Digest of the token of the session that waits.
    pub session: String,
    /// What the screen that waits shows, and nothing else.
    pub code: String,
    /// The page to come to afterwards.
    #[sea_orm(column_type = "Text")]
    pub retour: String,
    /// How many wrong codes were typed.
    pub essais: i32,
    /// When it was asked for.
    pub cree_le: DateTimeUtc,
    /// Until when it serves.
    pub expire_le: DateTimeUtc,
    /// Whether it proves who they are, for a few minutes; otherwise it has their browser trusted.
    pub preuve: bool,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
