//! An export that is made aside. What it holds is in [`super::morceau_export`].

use domain::export::{Echec, Etat, Format};
use domain::ids::{CompteId, DemarcheNumero, ExportId, GroupeId};
use sea_orm::entity::prelude::*;

/// A row of `exports`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exports")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: ExportId,
    /// Of which démarche.
    pub demarche: DemarcheNumero,
    /// Who asked for it: nobody else has it.
    pub compte: CompteId,
    /// What it is made as.
    pub format: Format,
    /// The dossiers that it holds, as the query of the address of a list.
    #[sea_orm(column_type = "Text")]
    pub filtres: String,
    /// Codes of [`domain::liste::Colonne`], in their order, separated by spaces: those shown when it was asked for.
    pub choix: String,
    /// The groupes whose dossiers it may hold, by number, separated by spaces; empty until it is begun. Whoever no longer
    /// belongs to one of them can't fetch it.
    #[sea_orm(column_type = "Text")]
    pub groupes: String,
    /// Where it stands.
    pub etat: Etat,
    /// Why it could not be made.
    pub echec: Option<Echec>,
    /// The form that asked for it, as [`crate::socle::cle`] writes it.
    pub cle: String,
    /// How many dossiers are in it.
    pub faits: i64,
    /// How many it will hold, once they were counted.
    pub total: Option<i64>,
    /// In octets, as it is fetched.
    pub taille: i64,
    /// How many pieces it is in.
    pub morceaux: i32,
    /// How many times it was begun; also who holds it.
    pub essais: i32,
    /// Until when whoever makes it is believed to be at work.
    pub prise_jusqu_a: Option<DateTimeUtc>,
    /// When it was asked for.
    pub demande_le: DateTimeUtc,
    /// When it was ready.
    pub pret_le: Option<DateTimeUtc>,
    /// When it is erased; absent as long as it is being made.
    pub expire_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The groupes whose dossiers an export may hold.
pub(crate) fn groupes(export: &Model) -> Vec<GroupeId> {
    export.groupes.split(' ').filter_map(|groupe| groupe.parse().ok()).collect()
}

/// Whether somebody who belongs to `siens` may have all that an export holds.
pub(crate) fn accessible(export: &Model, siens: &[GroupeId]) -> bool {
    groupes(export).iter().all(|groupe| siens.contains(groupe))
}
