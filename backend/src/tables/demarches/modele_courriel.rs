//! The words that an administrateur gave to a mail. Absent, the mail says what it says by default.

use domain::ids::DemarcheNumero;
use domain::modele::Modele;
use sea_orm::entity::prelude::*;

/// A row of `modeles_courriels`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "modeles_courriels")]
pub struct Model {
    /// Whose mails.
    #[sea_orm(primary_key, auto_increment = false)]
    pub demarche: DemarcheNumero,
    /// Which mail.
    #[sea_orm(primary_key, auto_increment = false)]
    pub modele: Modele,
    /// Its subject, with variables.
    #[sea_orm(column_type = "Text")]
    pub objet: String,
    /// Its text, with variables.
    #[sea_orm(column_type = "Text")]
    pub corps: String,
    /// When it was last changed.
    pub modifie_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
