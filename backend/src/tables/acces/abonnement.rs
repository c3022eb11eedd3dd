//! The feed that somebody's calendar reads.

use domain::ids::{CompteId, DemarcheNumero};
use sea_orm::entity::prelude::*;

/// A row of `abonnements`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "abonnements")]
pub struct Model {
    /// Digest of the secret of its address.
    #[sea_orm(primary_key, auto_increment = false)]
    pub empreinte: String,
    /// Whose it is.
    pub compte: CompteId,
    /// Of which démarche, for an instructeur; [`LES_SIENS`] for an usager.
    pub demarche: DemarcheNumero,
    /// When the address was made.
    pub cree_le: DateTimeUtc,
    /// When it was last read, to the hour.
    pub utilise_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The `demarche` of the feed of an usager's own rendez-vous, of whatever démarche.
pub const LES_SIENS: DemarcheNumero = DemarcheNumero(0);
