//! The last comparison of an organisation with the platform's own list, and the next one.

use domain::ids::AgendaId;
use domain::vues::EchecSynchronisation;
use sea_orm::entity::prelude::*;

/// A row of `reconciliations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reconciliations")]
pub struct Model {
    /// Which agenda.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: AgendaId,
    /// When it is next to be compared.
    pub a_partir_de: DateTimeUtc,
    /// Until when one process compares it.
    pub prise_jusqu_a: Option<DateTimeUtc>,
    /// When it was last tried.
    pub tentee_le: Option<DateTimeUtc>,
    /// When it last succeeded.
    pub reussie_le: Option<DateTimeUtc>,
    /// How many rendez-vous that time mended.
    pub reparees: i32,
    /// Why the last time failed; absent when it did not.
    pub erreur: Option<EchecSynchronisation>,
    /// Since when no webhook comes, though it should.
    pub silence_depuis: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
