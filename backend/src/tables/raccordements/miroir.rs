//! A dossier that belongs to another platform, as it was last read there.

use domain::ids::{DossierNumero, RaccordementId};
use domain::raccordement::{Etiquette, Suppression};
use sea_orm::entity::prelude::*;

/// A row of `miroirs`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "miroirs")]
pub struct Model {
    /// The dossier, as it is here.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dossier: DossierNumero,
    /// By which raccordement it is read.
    pub raccordement: RaccordementId,
    /// Its number there, known by people.
    pub numero_distant: i64,
    /// The platform's own id of it.
    pub id_distant: String,
    /// When it was last changed there.
    pub modifie_le: DateTimeUtc,
    /// Whether it is archived there: nobody can write to its usager any more.
    pub archive: bool,
    /// Whether it is deleted there.
    pub suppression: Suppression,
    /// What its demandeur is, in the platform's own word.
    pub genre_demandeur: String,
    /// The label that we put on it last.
    pub etiquette: Option<Etiquette>,
    /// Whether something was asked about its labels since, of which no answer came: either may be there.
    pub etiquette_incertaine: bool,
    /// What its annotation « Rendez-vous » was last given, as a digest.
    pub annotation: Option<String>,
    /// Whether it was given something else since, of which no answer came.
    pub annotation_incertaine: bool,
    /// When it was last read.
    pub relu_le: DateTimeUtc,
    /// When it is read again though it did not change: the platform did not say who asks.
    pub a_relire_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
