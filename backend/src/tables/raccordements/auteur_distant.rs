//! As whom a member of a groupe writes on the platform that it belongs to.

use domain::ids::{CompteId, GroupeId};
use sea_orm::entity::prelude::*;

/// A row of `auteurs_distants`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "auteurs_distants")]
pub struct Model {
    /// The groupe.
    #[sea_orm(primary_key, auto_increment = false)]
    pub groupe: GroupeId,
    /// Its member.
    #[sea_orm(primary_key, auto_increment = false)]
    pub compte: CompteId,
    /// The platform's own id of them.
    pub id_distant: String,
    /// When they were told that they examine its dossiers here, if they had to be; absent until the first synchronisation is
    /// done.
    pub prevenu_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
