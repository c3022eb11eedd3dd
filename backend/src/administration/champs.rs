//! « Champs du formulaire »: what usagers are asked, and in which order.
//!
//! Dossiers keep the questions that they answered: a change concerns those filed afterwards.

use super::{Fait, conclure};
use crate::autorisations;
use crate::champs;
use crate::entities::{champ, demarche};
use crate::erreur::Echec;
use chrono::{DateTime, Utc};
use domain::champs::{CHAMPS_MAX, LIGNE_MAX, OPTIONS_MAX, TypeChamp};
use domain::ids::{ChampId, DemarcheNumero};
use domain::role::Acteur;
use domain::vues::FormulaireAdmin;
use domain::{Champ, Erreur, Saisie, saisie};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};

/// The longest description of a field, in characters.
const DESCRIPTION_MAX: usize = 1_000;

/// What the form of a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaisieChamp {
    /// What it asks for.
    pub genre: TypeChamp,
    /// What it is called.
    pub libelle: String,
    /// What helps to fill it in.
    pub description: String,
    /// Whether it must be filled in.
    pub requis: bool,
    /// The choices, one a line, for [`TypeChamp::Choix`].
    pub options: String,
}

/// A field that was checked.
struct Verifie {
    genre: TypeChamp,
    libelle: String,
    description: String,
    requis: bool,
    options: String,
}

impl Verifie {
    fn est(&self, ligne: &champ::Model) -> bool {
        self.genre.code() == ligne.genre
            && self.libelle == ligne.libelle
            && self.description == ligne.description
            && self.requis == ligne.requis
            && self.options == ligne.options
    }
}

impl SaisieChamp {
    fn verifier(&self) -> Result<Verifie, Echec> {
        let options =
            if self.genre == TypeChamp::Choix { lire_options(&self.options)? } else { vec![] };
        Ok(Verifie {
            genre: self.genre,
            libelle: saisie::ligne(Champ::LibelleChamp, &self.libelle)?,
            description: saisie::texte(
                Champ::DescriptionChamp,
                &self.description,
                DESCRIPTION_MAX,
            )?,
            requis: self.requis,
            options: serde_json::to_string(&options)
                .map_err(|_| Echec::Illisible("choices of a field"))?,
        })
    }
}

/// One choice a line; each once.
fn lire_options(texte: &str) -> Result<Vec<String>, Erreur> {
    let refus = |probleme| Erreur::champ(Champ::OptionsChamp, probleme);
    let mut options: Vec<String> = Vec::new();
    for ligne in texte.lines() {
        let option = saisie::ligne_facultative(Champ::OptionsChamp, ligne)?;
        let longueur = option.chars().count();
        if longueur > LIGNE_MAX {
            return Err(refus(Saisie::TropLongPour { max: LIGNE_MAX, longueur }));
        }
        if !option.is_empty() && !options.contains(&option) {
            options.push(option);
        }
    }
    match options.len() {
        0 => Err(refus(Saisie::Vide)),
        combien if combien > OPTIONS_MAX => Err(refus(Saisie::TropDeLignes(OPTIONS_MAX))),
        _ => Ok(options),
    }
}

/// The form of a démarche.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<FormulaireAdmin, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let champs = champs::de_la_demarche(db, numero).await?;
    Ok(FormulaireAdmin { numero, titre: demarche.titre, champs })
}

/// The fields of a démarche, under the lock that keeps their order whole.
async fn lignes(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
) -> Result<Vec<champ::Model>, Echec> {
    demarche::Entity::find_by_id(numero.0).lock_exclusive().one(db).await?;
    Ok(champ::Entity::find()
        .filter(champ::Column::Demarche.eq(numero.0))
        .order_by_asc(champ::Column::Position)
        .order_by_asc(champ::Column::Id)
        .all(db)
        .await?)
}

/// Adds a field at the end.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::TropDeChamps`], or an error about what was typed.
pub async fn ajouter(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    saisi: &SaisieChamp,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let champ = saisi.verifier()?;
    let deja = lignes(db, numero).await?;
    if deja.len() >= CHAMPS_MAX {
        return Err(Erreur::TropDeChamps.into());
    }
    // The second of two clicks: the same field, again, at the end.
    if deja.last().is_some_and(|dernier| champ.est(dernier)) {
        return Ok(());
    }
    let ligne = champ::ActiveModel {
        demarche: Set(numero.0),
        position: Set(deja.last().map_or(0, |dernier| dernier.position + 1)),
        genre: Set(champ.genre.code().to_owned()),
        libelle: Set(champ.libelle.clone()),
        description: Set(champ.description),
        requis: Set(champ.requis),
        options: Set(champ.options),
        ..Default::default()
    };
    champ::Entity::insert(ligne).exec_without_returning(db).await?;
    noter(db, acteur, numero, ("champ ajouté", champ.libelle), maintenant).await
}

async fn noter(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    (action, libelle): (&str, String),
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let fait = Fait { acteur, numero, action, detail: Some(libelle), compte: None };
    conclure(db, fait, maintenant).await
}

/// A field of a démarche that one manages.
async fn le_champ(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    id: ChampId,
) -> Result<(champ::Model, DemarcheNumero), Echec> {
    let champ = champ::Entity::find_by_id(id.0).one(db).await?.ok_or(Erreur::Introuvable)?;
    let numero = DemarcheNumero(champ.demarche);
    autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    Ok((champ, numero))
}

/// Changes a field; gives the number of its démarche. `version`: of the field that the form showed
/// ([`domain::champs::DefinitionChamp::version`]).
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::TexteChange`], or an error about what was typed.
pub async fn modifier(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    id: ChampId,
    saisi: &SaisieChamp,
    version: &str,
    maintenant: DateTime<Utc>,
) -> Result<DemarcheNumero, Echec> {
    let (_, numero) = le_champ(db, acteur, id).await?;
    let champ = saisi.verifier()?;
    let ligne = lignes(db, numero).await?.into_iter().find(|ligne| ligne.id == id.0);
    let ligne = ligne.ok_or(Erreur::Introuvable)?;
    if champ.est(&ligne) {
        return Ok(numero);
    }
    if champs::lire(ligne.clone())?.version() != version {
        return Err(Erreur::TexteChange.into());
    }
    let mut change = ligne.into_active_model();
    change.genre = Set(champ.genre.code().to_owned());
    change.libelle = Set(champ.libelle.clone());
    change.description = Set(champ.description);
    change.requis = Set(champ.requis);
    change.options = Set(champ.options);
    change.update(db).await?;
    noter(db, acteur, numero, ("champ modifié", champ.libelle), maintenant).await?;
    Ok(numero)
}

/// Moves a field by one place; the first does not go higher, nor the last lower.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn deplacer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    id: ChampId,
    haut: bool,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let (champ, numero) = le_champ(db, acteur, id).await?;
    let mut ordre = lignes(db, numero).await?;
    let Some(rang) = ordre.iter().position(|ligne| ligne.id == champ.id) else {
        return Err(Erreur::Introuvable.into());
    };
    let voisin =
        if haut { rang.checked_sub(1) } else { Some(rang + 1).filter(|r| *r < ordre.len()) };
    let Some(voisin) = voisin else { return Ok(()) };
    ordre.swap(rang, voisin);
    for (position, ligne) in (0_i32..).zip(ordre) {
        if ligne.position != position {
            let mut change = ligne.into_active_model();
            change.position = Set(position);
            change.update(db).await?;
        }
    }
    noter(db, acteur, numero, ("champ déplacé", champ.libelle), maintenant).await
}

/// Deletes a field; a form that people fill in keeps one.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::DernierChamp`].
pub async fn supprimer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    id: ChampId,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let (champ, numero) = le_champ(db, acteur, id).await?;
    let reste = lignes(db, numero).await?.iter().any(|ligne| ligne.id != champ.id);
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    if !reste && demarche.publiee_le.is_some() {
        return Err(Erreur::DernierChamp.into());
    }
    champ::Entity::delete_by_id(champ.id).exec(db).await?;
    noter(db, acteur, numero, ("champ supprimé", champ.libelle), maintenant).await
}

/// Copies the form of a démarche to another one.
pub(super) async fn copier(
    db: &impl ConnectionTrait,
    de: DemarcheNumero,
    vers: DemarcheNumero,
) -> Result<(), Echec> {
    for ligne in lignes(db, de).await? {
        let copie = champ::ActiveModel {
            demarche: Set(vers.0),
            position: Set(ligne.position),
            genre: Set(ligne.genre),
            libelle: Set(ligne.libelle),
            description: Set(ligne.description),
            requis: Set(ligne.requis),
            options: Set(ligne.options),
            ..Default::default()
        };
        champ::Entity::insert(copie).exec_without_returning(db).await?;
    }
    Ok(())
}
