//! A dossier that was filed.

use crate::socle::erreur::Echec;
use crate::socle::telephone;
use crate::tables::compte::nom_complet;
use crate::tables::demarche;
use domain::Erreur;
use domain::champs::{Reponse, TypeChamp};
use domain::dossier::{EtatDossier, Origine, Place};
use domain::ids::{CompteId, DemarcheNumero, DossierNumero, GroupeId};
use domain::sujet::Sujet;
use sea_orm::Select;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;

/// A row of `dossiers`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dossiers")]
pub struct Model {
    /// Its number, known by people.
    #[sea_orm(primary_key, auto_increment = false)]
    pub numero: DossierNumero,
    /// For which démarche.
    pub demarche: DemarcheNumero,
    /// Who examines it.
    pub groupe: GroupeId,
    /// Who filed it.
    pub usager: CompteId,
    /// Where it was filed. What belongs to another platform is only read here.
    pub origine: Origine,
    /// Where it stands.
    pub etat: EtatDossier,
    /// Where the instructeurs keep it.
    pub place: Place,
    /// First name of who it is for.
    pub prenom: String,
    /// Their name.
    pub nom: String,
    /// When it was filed.
    pub depose_le: DateTimeUtc,
    /// JSON: the answers, with the words and types of their fields when they were given. See [`reponses`].
    #[sea_orm(column_type = "Text")]
    pub champs: String,
    /// How often its form was changed: nothing is saved over what was not seen.
    pub version: i32,
    /// When its usager last changed it; absent when they never did.
    pub modifie_le: Option<DateTimeUtc>,
    /// When its usager deleted it, or it expired. See [`visible`].
    pub supprime_le: Option<DateTimeUtc>,
    /// The day when it expires, once somebody was told or had it kept longer.
    pub garde_jusqu_au: Option<Date>,
    /// When people were told that it will expire; absent while it is not near.
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

/// Those that were filed here. What belongs to another platform is nobody's own here, and is not changed here.
#[must_use]
pub fn est_d_ici() -> Expr {
    Column::Origine.eq(Origine::Ici)
}

/// The dossiers, without those that nobody finds.
pub(crate) fn visibles() -> Select<Entity> {
    Entity::find().filter(visible())
}

/// A dossier, unless nobody finds it.
pub(crate) fn trouver(numero: DossierNumero) -> Select<Entity> {
    Entity::find_by_id(numero).filter(visible())
}

/// The topics that a change of a dossier concerns.
pub(crate) fn sujets(dossier: &Model) -> [Sujet; 3] {
    [
        Sujet::Dossier(dossier.numero),
        Sujet::Demarche(dossier.demarche),
        Sujet::Compte(dossier.usager),
    ]
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

/// The answers that a dossier holds.
///
/// # Errors
/// They are in no form that this version knows.
pub fn reponses(dossier: &Model) -> Result<Vec<Reponse>, Echec> {
    lire_reponses("dossiers", dossier.numero, &dossier.champs)
}

/// Those of a row of `table`.
pub(super) fn lire_reponses(
    table: &'static str,
    numero: DossierNumero,
    champs: &str,
) -> Result<Vec<Reponse>, Echec> {
    let mut reponses: Vec<Reponse> =
        serde_json::from_str(champs).map_err(|_| Echec::illisible(table, "champs", numero))?;
    // Numbers were kept in another form before.
    for reponse in reponses.iter_mut().filter(|reponse| reponse.genre == TypeChamp::Telephone) {
        reponse.valeur = telephone::presenter(&reponse.valeur);
    }
    Ok(reponses)
}
