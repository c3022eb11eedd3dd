//! A field of a démarche's form, or a private one.

use domain::champs::TypeChamp;
use domain::ids::{ChampId, DemarcheNumero};
use sea_orm::entity::prelude::*;

/// A row of `champs`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "champs")]
pub struct Model {
    /// Answers name it, and outlive it.
    #[sea_orm(primary_key)]
    pub id: ChampId,
    /// Whose form it is in.
    pub demarche: DemarcheNumero,
    /// Its place among those of the same list.
    pub position: i32,
    /// What is typed in it.
    pub genre: TypeChamp,
    /// What it is called.
    #[sea_orm(column_type = "Text")]
    pub libelle: String,
    /// A help under it; empty for none.
    #[sea_orm(column_type = "Text")]
    pub description: String,
    /// Whether a dossier is not filed without it. Never of a private one.
    pub requis: bool,
    /// Whether instructeurs fill it in, and not the usager.
    pub prive: bool,
    /// JSON: the choices of [`domain::champs::TypeChamp::Choix`]; `[]` for the others.
    #[sea_orm(column_type = "Text")]
    pub options: String,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
