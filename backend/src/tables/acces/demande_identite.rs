//! Somebody who left for a platform of the State, known by the digest of `state`.

use domain::identite::Fournisseur;
use sea_orm::entity::prelude::*;

/// A row of `demandes_identite`. It serves once, and stays a while after that: a second answer is told as such.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "demandes_identite")]
pub struct Model {
    /// Digest of `state`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub etat: String,
    /// Digest of what the browser that they left with holds: they come back with the same.
    pub navigateur: String,
    /// Where they went.
    pub fournisseur: Fournisseur,
    /// Sealed: nonce, secret of PKCE, page to come to, and what was proven at the first pass.
    pub scelle: Vec<u8>,
    /// When they left.
    pub faite_le: DateTimeUtc,
    /// When they came back.
    pub servie_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
