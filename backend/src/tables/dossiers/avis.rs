//! What an instructeur asks an expert, and the answer.

use domain::avis::EtatAvis;
use domain::ids::{AvisId, CompteId, DossierNumero};
use sea_orm::entity::prelude::*;

/// A row of `avis`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "avis")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: AvisId,
    /// About which dossier.
    pub dossier: DossierNumero,
    /// Who asks.
    pub instructeur: CompteId,
    /// The address of the expert, who needs no account.
    pub email: String,
    /// What is asked.
    #[sea_orm(column_type = "Text")]
    pub question: String,
    /// Whether other experts may not read the answer.
    pub confidentiel: bool,
    /// Where it stands.
    pub etat: EtatAvis,
    /// The answer.
    #[sea_orm(column_type = "Text", nullable)]
    pub reponse: Option<String>,
    /// That of the form: sent twice, it is one request.
    pub cle: String,
    /// When it was asked.
    pub demande_le: DateTimeUtc,
    /// When the latest mail was asked for.
    pub envoye_le: DateTimeUtc,
    /// Until when the link of that mail opens the page.
    pub expire_le: DateTimeUtc,
    /// How many reminders were sent.
    pub relances: i32,
    /// When the answer was last sent.
    pub rendu_le: Option<DateTimeUtc>,
    /// Digest of the answer that was sent last: sent twice, it keeps no file twice.
    pub empreinte: Option<String>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
