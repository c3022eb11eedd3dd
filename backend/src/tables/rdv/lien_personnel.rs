//! The personal link of a proposition, or why there is none.

use sea_orm::entity::prelude::*;

/// A row of `invitations_rdv`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations_rdv")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub proposition: i64,
    pub etat: String,
    pub personne: Option<i64>,
    pub lien_scelle: Option<Vec<u8>>,
    pub echec: Option<String>,
    pub changee_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
