//! A file that somebody attached to a dossier, to a draft, to a message, to a request for an opinion or to
//! the opinion itself. Its content is in [`super::contenu`].

use domain::fichier::{Analyse, Format};
use domain::ids::{AvisId, ChampId, CompteId, DossierNumero, MessageId, PieceId};
use sea_orm::entity::prelude::*;

/// A row of `pieces_jointes`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pieces_jointes")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: PieceId,
    /// Of which dossier or draft.
    pub dossier: DossierNumero,
    /// The field that it answers; it may outlive it.
    pub champ: Option<ChampId>,
    /// The message that it came with.
    pub message: Option<MessageId>,
    /// Who joined it; nobody for the expert of `avis`, who has no account.
    pub compte: Option<CompteId>,
    /// What it is called, as it was sent.
    #[sea_orm(column_type = "Text")]
    pub nom: String,
    /// What its first bytes say that it is.
    pub format: Format,
    /// In bytes.
    pub taille: i64,
    /// When.
    pub jointe_le: DateTimeUtc,
    /// The request for an opinion that it came with, or that it answers.
    pub avis: Option<AvisId>,
    /// What the antivirus said of it; ANALYSE is a word of PostgreSQL's own.
    #[sea_orm(column_name = "etat_analyse")]
    pub analyse: Analyse,
    /// When it is to be looked at next.
    pub analyse_a_partir_de: Option<DateTimeUtc>,
    /// What was found in it, as the antivirus names it.
    pub virus: Option<String>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
