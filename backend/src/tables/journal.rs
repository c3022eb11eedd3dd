//! Who did what and when.

use crate::socle::erreur::Echec;
use domain::ids::{CompteId, DemarcheNumero};
use domain::sujet::Sujet;
use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QueryOrder, Select};

/// A row of `journal`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "journal")]
pub struct Model {
    /// Its number: the order of what was done.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// When.
    pub le: DateTimeUtc,
    /// Who; nobody when the application did it by itself.
    pub compte: Option<CompteId>,
    /// The code of a [`domain::journal::Action`].
    pub action: String,
    /// About what: a [`crate::socle::journal::Objet`], as it is written.
    pub objet: String,
    /// What else the administrateur reads; `compte:` and an id stand for an e-mail. No personal data.
    #[sea_orm(column_type = "Text", nullable)]
    pub detail: Option<String>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How many changes the journal knows.
///
/// # Errors
/// The database failed.
pub(crate) async fn combien(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
) -> Result<u64, Echec> {
    Ok(de_la_demarche(numero).count(db).await?)
}

pub(crate) fn de_la_demarche(numero: DemarcheNumero) -> Select<Entity> {
    Entity::find()
        .filter(Column::Objet.eq(Sujet::Demarche(numero).to_string()))
        .order_by_desc(Column::Id)
}
