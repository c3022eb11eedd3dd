//! The personal link of a proposition that is made to somebody who has no account here: whoever holds it may see it.

use domain::ids::PropositionId;
use sea_orm::entity::prelude::*;

/// A row of `liens_propositions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "liens_propositions")]
pub struct Model {
    /// Of which proposition.
    #[sea_orm(primary_key, auto_increment = false)]
    pub proposition: PropositionId,
    /// Digest of its secret.
    pub empreinte: String,
    /// Its secret, sealed: the message that holds it may have to be sent again.
    pub secret_scelle: Vec<u8>,
    /// When it was made.
    pub cree_le: DateTimeUtc,
    /// When it was first opened.
    pub ouvert_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
