//! A dossier that was filed.

use crate::socle::erreur::Echec;
use crate::socle::telephone;
use crate::tables::compte::nom_complet;
use crate::tables::demarche;
use domain::Erreur;
use domain::champs::{Reponse, TypeChamp};
use domain::dossier::EtatDossier;
use domain::ids::{CompteId, DossierNumero};
use domain::sujet::Sujet;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;

/// A row of `dossiers`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dossiers")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub numero: i64,
    pub demarche: i64,
    pub groupe: i64,
    pub usager: i64,
    pub etat: String,
    pub place: String,
    pub prenom: String,
    pub nom: String,
    pub depose_le: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub champs: String,
    pub version: i32,
    pub modifie_le: Option<DateTimeUtc>,
    pub supprime_le: Option<DateTimeUtc>,
    pub garde_jusqu_au: Option<Date>,
    pub expiration_annoncee_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Those that their usager has not deleted: nobody finds the others.
#[must_use]
pub fn visible() -> Expr {
    Column::SupprimeLe.is_null()
}

/// The topics that a change of a dossier concerns.
pub(crate) fn sujets(dossier: &Model) -> [Sujet; 3] {
    [
        Sujet::Dossier(DossierNumero(dossier.numero)),
        Sujet::Demarche(domain::ids::DemarcheNumero(dossier.demarche)),
        Sujet::Compte(CompteId(dossier.usager)),
    ]
}

/// The état of a stored dossier.
///
/// # Errors
/// It holds a word that this version does not know.
pub fn etat(dossier: &Model) -> Result<EtatDossier, Echec> {
    EtatDossier::from_code(&dossier.etat).ok_or(Echec::Illisible("état of a dossier"))
}

/// Who files a dossier: « ROBERT Jean ».
#[must_use]
pub fn demandeur(dossier: &Model) -> String {
    nom_complet(&dossier.nom, &dossier.prenom).unwrap_or_default()
}

/// The démarche of a dossier.
pub(crate) async fn demarche(
    db: &impl ConnectionTrait,
    dossier: &Model,
) -> Result<demarche::Model, Echec> {
    let demarche = demarche::Entity::find_by_id(dossier.demarche).one(db).await?;
    demarche.ok_or(Erreur::Introuvable.into())
}

/// The answers that a dossier or a draft holds.
///
/// # Errors
/// They are in no form that this version knows.
pub fn reponses(champs: &str) -> Result<Vec<Reponse>, Echec> {
    let mut reponses: Vec<Reponse> =
        serde_json::from_str(champs).map_err(|_| Echec::Illisible("fields of a dossier"))?;
    // Numbers were kept in another form before.
    for reponse in reponses.iter_mut().filter(|reponse| reponse.genre == TypeChamp::Telephone) {
        reponse.valeur = telephone::presenter(&reponse.valeur);
    }
    Ok(reponses)
}
