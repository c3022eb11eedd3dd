//! The content of a file, sealed, that lies in a store beside the database.

use crate::tables::mots::mots;
use domain::ids::{ObjetId, PieceId};
use sea_orm::entity::prelude::*;

mots! {
    /// Which store has it.
    enum Lieu in ("objets") {
        /// A folder.
        Dossier = "dossier",
        /// An S3-compatible store.
        S3 = "s3",
    }
}

/// A row of `objets`. Written before the content is put there.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "objets")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: ObjetId,
    /// Its name in the store, drawn at random.
    #[sea_orm(unique)]
    pub cle: String,
    /// Which store has it.
    pub lieu: Lieu,
    /// Of which file; of none before a change names it, and once that file is gone.
    pub piece: Option<PieceId>,
    /// When it was written.
    pub depose_le: DateTimeUtc,
    /// When a change named it.
    pub nomme_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
