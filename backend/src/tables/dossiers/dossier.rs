//! A dossier that was filed.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;

/// A row of `dossiers`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dossiers")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub numero: i64,
    pub demarche: i64,
    pub groupe: i64,
    pub usager: i64,
    pub etat: String,
    pub place: String,
    pub prenom: String,
    pub nom: String,
    pub depose_le: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub champs: String,
    pub version: i32,
    pub modifie_le: Option<DateTimeUtc>,
    pub supprime_le: Option<DateTimeUtc>,
    pub garde_jusqu_au: Option<Date>,
    pub expiration_annoncee_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Those that their usager has not deleted: nobody finds the others.
#[must_use]
pub fn visible() -> Expr {
    Column::SupprimeLe.is_null()
}
