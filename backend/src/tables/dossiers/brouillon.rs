//! A dossier that is not filed yet. It keeps its number when it is.

use super::dossier::lire_reponses;
use crate::socle::erreur::Echec;
use domain::champs::Reponse;
use domain::ids::{CompteId, DemarcheNumero, DossierNumero};
use sea_orm::entity::prelude::*;

/// A row of `brouillons`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "brouillons")]
pub struct Model {
    /// The number that the dossier will have.
    #[sea_orm(primary_key)]
    pub numero: DossierNumero,
    /// For which démarche.
    pub demarche: DemarcheNumero,
    /// Who fills it in.
    pub usager: CompteId,
    /// First name of who the dossier is for.
    pub prenom: String,
    /// Their name.
    pub nom: String,
    /// JSON: the answers typed so far; `[]` for one still untouched.
    #[sea_orm(column_type = "Text")]
    pub champs: String,
    /// When it was begun.
    pub cree_le: DateTimeUtc,
    /// When it was last saved.
    pub modifie_le: DateTimeUtc,
    /// How often it was saved: nothing is saved over what was not seen.
    pub version: i32,
    /// The open form that saved it last, as one types; absent when a person saved it.
    pub cle: Option<String>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The answers that a draft holds.
///
/// # Errors
/// They are in no form that this version knows.
pub(crate) fn reponses(brouillon: &Model) -> Result<Vec<Reponse>, Echec> {
    lire_reponses("brouillons", brouillon.numero, &brouillon.champs)
}
