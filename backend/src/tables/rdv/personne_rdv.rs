//! Which persons of the platform came with which dossier: the next rendez-vous is matched by it.

use sea_orm::entity::prelude::*;

/// A row of `personnes_rdv`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "personnes_rdv")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub personne: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub dossier: i64,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
