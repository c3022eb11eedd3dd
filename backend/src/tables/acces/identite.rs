//! Who somebody is elsewhere: found by issuer and `sub`, never by their e-mail.

use domain::identite::Fournisseur;
use domain::ids::{CompteId, IdentiteId};
use sea_orm::entity::prelude::*;

/// A row of `identites`. Unique by (`emetteur`, `sub`); an account may have several.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identites")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: IdentiteId,
    /// Whose it is.
    pub compte: CompteId,
    /// Which platform says it.
    pub fournisseur: Fournisseur,
    /// `iss` of its ID tokens.
    pub emetteur: String,
    /// Who they are there.
    pub sub: String,
    /// Their e-mail there, as it was written last; empty when it was not told.
    pub email: String,
    /// The establishment of an agent (14 digits), as it was told last.
    pub siret: Option<String>,
    /// `idp_id`: the identity provider behind the platform.
    pub idp: Option<String>,
    /// `acr` of the last time.
    pub acr: Option<String>,
    /// `amr` of the last time, its values separated by spaces.
    pub amr: Option<String>,
    /// When it was attached to the account.
    pub cree_le: DateTimeUtc,
    /// When it was last used.
    pub vue_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
