//! The account of RDV Service Public that somebody connected; without tokens once it is lost.

use domain::ids::CompteId;
use sea_orm::entity::prelude::*;

/// A row of `connexions_rdv`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connexions_rdv")]
pub struct Model {
    /// Whose it is; at most one each.
    #[sea_orm(primary_key, auto_increment = false)]
    pub compte: CompteId,
    /// The site: `https://` and its name.
    pub hote: String,
    /// Their number there.
    pub agent: i64,
    /// Their e-mail there.
    pub email: String,
    /// The access token, sealed; absent once the connection is lost.
    pub acces_scelle: Option<Vec<u8>>,
    /// The refresh token, sealed: it serves once.
    pub rafraichissement_scelle: Option<Vec<u8>>,
    /// Until when the access token holds.
    pub expire_le: DateTimeUtc,
    /// How often the tokens changed.
    pub version: i64,
    /// Until when one process renews them, and the others wait.
    pub verrou_jusqu_a: Option<DateTimeUtc>,
    /// When they connected it.
    pub connectee_le: DateTimeUtc,
    /// When the site took no token of theirs any more.
    pub perdue_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
