//! The archive of the data of an account, which is made aside. What it holds is in [`super::morceau_archive`].

use domain::export::{Echec, Etat};
use domain::ids::{ArchiveId, CompteId, DemarcheNumero};
use sea_orm::entity::prelude::*;

/// A row of `archives_comptes`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "archives_comptes")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: ArchiveId,
    /// Whose: nobody else has it.
    pub compte: CompteId,
    /// Whether it was asked for by ProConnect: without it, it holds nothing of what only ProConnect opens.
    pub proconnect: bool,
    /// The démarches whose dossiers and drafts it holds, by number, separated by spaces; empty until it is ready. A session
    /// without ProConnect can't fetch it once one of them demands it.
    #[sea_orm(column_type = "Text")]
    pub demarches: String,
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

/// The démarches of which it holds something.
pub(crate) fn demarches(archive: &Model) -> Vec<DemarcheNumero> {
    archive.demarches.split(' ').filter_map(|numero| numero.parse().ok()).collect()
}
