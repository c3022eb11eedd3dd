//! A form that came without a session, until its person signs in.

use domain::ids::CompteId;
use sea_orm::entity::prelude::*;

/// A row of `formulaires_en_attente`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "formulaires_en_attente")]
pub struct Model {
    /// Digest of the token of the cookie that finds it again.
    #[sea_orm(primary_key, auto_increment = false)]
    pub empreinte: String,
    /// Who filled it in: nobody else gets it back.
    pub compte: CompteId,
    /// What was typed and its files, sealed.
    pub scelle: Vec<u8>,
    /// When it is forgotten.
    pub expire_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
