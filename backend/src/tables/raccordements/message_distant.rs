//! A message that is, or must be, on another platform too.

use domain::ids::{MessageId, RaccordementId};
use domain::raccordement::EtatMessage;
use sea_orm::entity::prelude::*;

/// A row of `messages_distants`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "messages_distants")]
pub struct Model {
    /// The message, as it is here.
    #[sea_orm(primary_key, auto_increment = false)]
    pub message: MessageId,
    /// By which raccordement.
    pub raccordement: RaccordementId,
    /// The platform's own id of it, once it is known.
    pub id_distant: Option<String>,
    /// Where it stands.
    pub etat: EtatMessage,
    /// Digest of what was sent, by which it is found again there when no answer came.
    pub empreinte: Option<String>,
    /// When it was first sent: what left then may have come.
    pub tente_le: Option<DateTimeUtc>,
    /// When it was last sent: it may still be on its way.
    pub retente_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
