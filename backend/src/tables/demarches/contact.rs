//! A message that an instructeur sent to all those who had only a draft. Who they were is in [`super::contacte`].

use domain::ids::{CompteId, ContactId, DemarcheNumero};
use sea_orm::entity::prelude::*;

/// A row of `contacts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contacts")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: ContactId,
    /// Of which démarche.
    pub demarche: DemarcheNumero,
    /// Who sent it.
    pub instructeur: CompteId,
    /// What it says.
    #[sea_orm(column_type = "Text")]
    pub texte: String,
    /// The form that sent it, as [`crate::socle::cle`] writes it.
    pub cle: String,
    /// To how many people.
    pub prevus: i64,
    /// When.
    pub le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
