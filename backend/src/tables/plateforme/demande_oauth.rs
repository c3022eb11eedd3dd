//! Somebody who went to RDV Service Public to connect their account, known by the digest of `state`.

use domain::ids::CompteId;
use sea_orm::entity::prelude::*;

/// A row of `demandes_oauth`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "demandes_oauth")]
pub struct Model {
    /// Digest of `state`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub etat: String,
    /// Digest of the token of the session that they left with: they come back with the same.
    pub session: String,
    /// Who.
    pub compte: CompteId,
    /// The secret of PKCE, sealed.
    pub verificateur_scelle: Vec<u8>,
    /// The page to come back to.
    pub page: String,
    /// When they left.
    pub faite_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
