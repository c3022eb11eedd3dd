//! That somebody looked at a dossier. Rows are added at the end and never changed; the oldest go after a year.

use domain::ids::{CompteId, DemarcheNumero, DossierNumero};
use sea_orm::entity::prelude::*;

/// A row of `consultations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consultations")]
pub struct Model {
    /// Its rank in the chain: each is one more than the one before.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// When.
    pub le: DateTimeUtc,
    /// The code of a [`domain::consultation::Acte`].
    pub quoi: String,
    /// Who; nobody for what the application says of the journal itself.
    pub compte: Option<CompteId>,
    /// Which dossier; for [`domain::consultation::Acte::Ancre`], none.
    pub dossier: Option<DossierNumero>,
    /// Of which démarche it was then.
    pub demarche: Option<DemarcheNumero>,
    /// What the application says of the journal itself.
    pub detail: Option<String>,
    /// The digest of the row before.
    pub precedente: String,
    /// The digest of that and of all the rest.
    pub empreinte: String,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
