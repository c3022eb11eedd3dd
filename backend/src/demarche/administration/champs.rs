//! « Champs du formulaire » and « Annotations privées »: what usagers, or instructeurs, are asked, and in which order.
//!
//! Dossiers keep the questions that they answered: a change concerns what is answered afterwards.

use super::conclure;
use crate::acces::autorisations;
use crate::demarche::champs;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::champ;
use domain::champs::{CHAMPS_MAX, LIGNE_MAX, OPTIONS_MAX, Pour, TypeChamp};
use domain::ids::{ChampId, DemarcheNumero};
use domain::journal::Action;
use domain::role::Acteur;
use domain::vues::FormulaireAdmin;
use domain::{Champ, Erreur, Saisie, saisie};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel, QueryOrder,
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
        self.genre == ligne.genre
            && self.libelle == ligne.libelle
            && self.description == ligne.description
            && self.requis == ligne.requis
            && self.options == ligne.options
    }
}

impl SaisieChamp {
    fn verifier(&self, pour: Pour) -> Result<Verifie, Echec> {
        if !pour.offre(self.genre) {
            return Err(Erreur::champ(Champ::GenreChamp, Saisie::HorsChoix).into());
        }
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
            // An instructeur saves what they know, when they know it.
            requis: self.requis && pour == Pour::Usagers,
            options: serde_json::to_string(&options)
                .map_err(|_| Echec::Inutilisable("choices of a field"))?,
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

/// The fields of a démarche that `pour` fills in.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    pour: Pour,
) -> Result<FormulaireAdmin, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let champs = champs::de_la_demarche(db, numero, pour).await?;
    Ok(FormulaireAdmin { numero, titre: demarche.titre, pour, champs })
}

/// A list of fields of a démarche, under the lock that keeps their order whole.
async fn lignes(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
    pour: Pour,
) -> Result<Vec<champ::Model>, Echec> {
    verrous::demarche(db, numero).await?;
    Ok(champs::liste(numero, pour)
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
    c: &Changement<'_>,
    (numero, pour): (DemarcheNumero, Pour),
    saisi: &SaisieChamp,
) -> Result<(), Echec> {
    autorisations::demarche_a_regler(&c.tx, c.acteur, numero).await?;
    let champ = saisi.verifier(pour)?;
    let deja = lignes(&c.tx, numero, pour).await?;
    if deja.len() >= CHAMPS_MAX {
        return Err(Erreur::TropDeChamps.into());
    }
    // The second of two clicks: the same field, again, at the end.
    if deja.last().is_some_and(|dernier| champ.est(dernier)) {
        return Ok(());
    }
    let ligne = champ::ActiveModel {
        demarche: Set(numero),
        position: Set(deja.last().map_or(0, |dernier| dernier.position + 1)),
        genre: Set(champ.genre),
        libelle: Set(champ.libelle.clone()),
        description: Set(champ.description),
        requis: Set(champ.requis),
        prive: Set(pour.prive()),
        options: Set(champ.options),
        ..Default::default()
    };
    champ::Entity::insert(ligne).exec_without_returning(&c.tx).await?;
    noter(c, (numero, pour), (Geste::Ajouter, champ.libelle)).await
}

/// What is done to a field.
#[derive(Debug, Clone, Copy)]
enum Geste {
    Ajouter,
    Modifier,
    Deplacer,
    Supprimer,
}

impl Geste {
    /// As the journal says it.
    const fn action(self, pour: Pour) -> Action {
        match (self, pour) {
            (Self::Ajouter, Pour::Usagers) => Action::ChampAjoute,
            (Self::Ajouter, Pour::Administration) => Action::ChampPriveAjoute,
            (Self::Modifier, Pour::Usagers) => Action::ChampModifie,
            (Self::Modifier, Pour::Administration) => Action::ChampPriveModifie,
            (Self::Deplacer, Pour::Usagers) => Action::ChampDeplace,
            (Self::Deplacer, Pour::Administration) => Action::ChampPriveDeplace,
            (Self::Supprimer, Pour::Usagers) => Action::ChampSupprime,
            (Self::Supprimer, Pour::Administration) => Action::ChampPriveSupprime,
        }
    }
}

async fn noter(
    c: &Changement<'_>,
    (numero, pour): (DemarcheNumero, Pour),
    (geste, libelle): (Geste, String),
) -> Result<(), Echec> {
    conclure(c, numero, geste.action(pour), Some(libelle)).await
}

/// A field of a démarche that one manages, and the list that it is in.
async fn le_champ(
    c: &Changement<'_>,
    id: ChampId,
) -> Result<(champ::Model, DemarcheNumero, Pour), Echec> {
    let champ = champ::Entity::find_by_id(id).one(&c.tx).await?.ok_or(Erreur::Introuvable)?;
    let numero = champ.demarche;
    autorisations::demarche_a_regler(&c.tx, c.acteur, numero).await?;
    let pour = Pour::de(champ.prive);
    Ok((champ, numero, pour))
}

/// Changes a field; gives the list that it is in. `version`: of the field that the form showed
/// ([`domain::champs::DefinitionChamp::version`]).
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::TexteChange`], or an error about what was typed.
pub async fn modifier(
    c: &Changement<'_>,
    id: ChampId,
    saisi: &SaisieChamp,
    version: &str,
) -> Result<(DemarcheNumero, Pour), Echec> {
    let (_, numero, pour) = le_champ(c, id).await?;
    let champ = saisi.verifier(pour)?;
    let ligne = lignes(&c.tx, numero, pour).await?.into_iter().find(|ligne| ligne.id == id);
    let ligne = ligne.ok_or(Erreur::Introuvable)?;
    if champ.est(&ligne) {
        return Ok((numero, pour));
    }
    if champs::lire(ligne.clone())?.version() != version {
        return Err(Erreur::TexteChange.into());
    }
    let mut change = ligne.into_active_model();
    change.genre = Set(champ.genre);
    change.libelle = Set(champ.libelle.clone());
    change.description = Set(champ.description);
    change.requis = Set(champ.requis);
    change.options = Set(champ.options);
    change.update(&c.tx).await?;
    noter(c, (numero, pour), (Geste::Modifier, champ.libelle)).await?;
    Ok((numero, pour))
}

/// Moves a field by one place; the first does not go higher, nor the last lower.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn deplacer(c: &Changement<'_>, id: ChampId, haut: bool) -> Result<(), Echec> {
    let (champ, numero, pour) = le_champ(c, id).await?;
    let mut ordre = lignes(&c.tx, numero, pour).await?;
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
            change.update(&c.tx).await?;
        }
    }
    noter(c, (numero, pour), (Geste::Deplacer, champ.libelle)).await
}

/// Deletes a field; a form that people fill in keeps one.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::DernierChamp`].
pub async fn supprimer(c: &Changement<'_>, id: ChampId) -> Result<(), Echec> {
    let (champ, numero, pour) = le_champ(c, id).await?;
    let reste = lignes(&c.tx, numero, pour).await?.iter().any(|ligne| ligne.id != champ.id);
    let demarche = autorisations::demarche_a_regler(&c.tx, c.acteur, numero).await?;
    if !reste && pour == Pour::Usagers && demarche.publiee_le.is_some() {
        return Err(Erreur::DernierChamp.into());
    }
    champ::Entity::delete_by_id(champ.id).exec(&c.tx).await?;
    noter(c, (numero, pour), (Geste::Supprimer, champ.libelle)).await
}

/// Copies the fields of a démarche to another one, each in its list.
pub(super) async fn copier(
    db: &impl ConnectionTrait,
    de: DemarcheNumero,
    vers: DemarcheNumero,
) -> Result<(), Echec> {
    let mut a_copier = lignes(db, de, Pour::Usagers).await?;
    a_copier.extend(lignes(db, de, Pour::Administration).await?);
    for ligne in a_copier {
        let copie = champ::ActiveModel {
            demarche: Set(vers),
            position: Set(ligne.position),
            genre: Set(ligne.genre),
            libelle: Set(ligne.libelle),
            description: Set(ligne.description),
            requis: Set(ligne.requis),
            prive: Set(ligne.prive),
            options: Set(ligne.options),
            ..Default::default()
        };
        champ::Entity::insert(copie).exec_without_returning(db).await?;
    }
    Ok(())
}
