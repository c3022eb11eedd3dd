//! A signed-in browser, found by the digest of its token.

use domain::identite::Moyen;
use domain::ids::{CompteId, IdentiteId, NavigateurId};
use sea_orm::entity::prelude::*;

/// A row of `sessions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// Digest of the token of the cookie.
    #[sea_orm(primary_key, auto_increment = false)]
    pub empreinte: String,
    /// Who signed in.
    pub compte: CompteId,
    /// When.
    pub cree_le: DateTimeUtc,
    /// Until when it holds.
    pub expire_le: DateTimeUtc,
    /// By which way it was opened.
    pub moyen: Moyen,
    /// Whether two factors were proven.
    pub deux_facteurs: bool,
    /// With which identity, when it was by one.
    pub identite: Option<IdentiteId>,
    /// Sealed: the ID token, with which one signs out at its platform too.
    pub jeton_identite: Option<Vec<u8>>,
    /// « Firefox sous Windows »: what one knows one's browser by; empty when it is not known.
    pub navigateur: String,
    /// When it was last used, to some minutes; never told before the first time.
    pub vue_le: Option<DateTimeUtc>,
    /// The browser by whose trust it is confirmed, if it is.
    pub confiance: Option<NavigateurId>,
    /// When its owner last proved in it that it is theirs, since it was opened.
    pub prouvee_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
