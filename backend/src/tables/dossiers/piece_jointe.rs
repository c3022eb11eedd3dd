//! A file that somebody attached to a dossier, to a draft, to a message, to a request for an opinion or to
//! the opinion itself. Its content is in [`super::contenu`].

use sea_orm::entity::prelude::*;

/// A row of `pieces_jointes`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pieces_jointes")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub dossier: i64,
    pub champ: Option<i64>,
    pub message: Option<i64>,
    /// Who joined it; nobody for the expert of `avis`, who has no account.
    pub compte: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub nom: String,
    pub format: String,
    pub taille: i64,
    pub jointe_le: DateTimeUtc,
    pub avis: Option<i64>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
