//! Filling in the form of a démarche: modifying a dossier that was filed.

use crate::acces::autorisations::{self, Qualite};
use crate::demarche::champs;
use crate::dossier::mots;
use crate::dossier::pieces::{self, Admis, Fichier, Place};
use crate::messagerie::avertir;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::telephone;
use crate::tables::{dossier, piece_jointe};
use domain::champs::{DefinitionChamp, LIGNE_MAX, Pour, Reponse, TypeChamp, lire_tout};
use domain::cle::CleDeFormulaire;
use domain::dossier::EtatDossier;
use domain::erreur::{Probleme, Question};
use domain::ids::{ChampId, DemarcheNumero, DossierNumero, PieceId};
use domain::journal::Action;
use domain::role::Acteur;
use domain::vues::{ChampVue, Formulaire, PieceVue};
use domain::{Erreur, Saisie, fichier};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::BTreeMap;

/// What was typed and chosen in a form.
#[derive(Debug, Default)]
pub struct Saisies {
    /// First name of the person concerned.
    pub prenom: String,
    /// Their name.
    pub nom: String,
    /// The answers, by field.
    pub reponses: BTreeMap<ChampId, String>,
    /// The files to take away.
    pub retirer: Vec<PieceId>,
    /// The files to add, by field.
    pub fichiers: BTreeMap<ChampId, Vec<Fichier>>,
}

/// « Modifier le dossier »: the form with its answers.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::PlusModifiable`].
pub async fn pour_modifier(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<Formulaire, Echec> {
    let (dossier, qualite) = modifiable(db, acteur, numero).await?;
    let demarche = dossier::demarche(db, &dossier).await?;
    let reponses = dossier::reponses(&dossier)?;
    Ok(Formulaire {
        numero,
        titre: demarche.titre,
        prenom: dossier.prenom,
        nom: dossier.nom,
        champs: remplir(db, dossier.demarche, numero, &reponses).await?,
        version: dossier.version,
        cle: CleDeFormulaire::default(),
        enregistre_le: None,
        invite: qualite == Qualite::Invite,
    })
}

/// The fields of a démarche with the answers of a dossier or of a draft.
pub(crate) async fn remplir(
    db: &impl ConnectionTrait,
    demarche: DemarcheNumero,
    numero: DossierNumero,
    reponses: &[Reponse],
) -> Result<Vec<ChampVue>, Echec> {
    let fichiers = pieces::du_formulaire(db, numero).await?;
    let definitions = champs::de_la_demarche(db, demarche, Pour::Usagers).await?;
    Ok(definitions
        .into_iter()
        .map(|definition| {
            let sienne = reponses.iter().find(|r| r.champ == Some(definition.id));
            ChampVue {
                valeur: sienne.map(|r| r.valeur.clone()).unwrap_or_default(),
                pieces: fichiers
                    .iter()
                    .filter(|f| f.champ == Some(definition.id))
                    .cloned()
                    .collect(),
                definition,
            }
        })
        .collect())
}

async fn modifiable(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<(dossier::Model, Qualite), Echec> {
    let (dossier, qualite) = autorisations::dossier_partage(db, acteur, numero).await?;
    if dossier.etat == EtatDossier::EnConstruction {
        Ok((dossier, qualite))
    } else {
        Err(Erreur::PlusModifiable.into())
    }
}

/// « Enregistrer les modifications ». `version`: that of the dossier when the form was shown. The same form
/// sent twice changes nothing the second time.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::PlusModifiable`], [`Erreur::Perime`], [`Erreur::Reponses`].
pub async fn modifier(
    c: &Changement<'_>,
    numero: DossierNumero,
    version: i32,
    saisies: Saisies,
) -> Result<(), Echec> {
    let (dossier, _) = modifiable(&c.tx, c.acteur, numero).await?;
    let sujets = dossier::sujets(&dossier);
    let definitions = champs::de_la_demarche(&c.tx, dossier.demarche, Pour::Usagers).await?;
    let deja = pieces::du_formulaire(&c.tx, numero).await?;
    let lues = verifier(&definitions, &deja, saisies)
        .map_err(|refusees| Erreur::Reponses(refusees.problemes))?;
    let avant = dossier::reponses(&dossier)?;
    let champs = garder_le_reste(&definitions, avant, lues.reponses);
    let champs =
        serde_json::to_string(&champs).map_err(|_| Echec::Inutilisable("fields of a dossier"))?;
    let identique = (&champs, &lues.prenom, &lues.nom)
        == (&dossier.champs, &dossier.prenom, &dossier.nom)
        && lues.retirer.is_empty()
        && lues.fichiers.is_empty();
    if identique {
        return Ok(());
    }
    let changes = dossier::Entity::update_many()
        .set(dossier::ActiveModel {
            prenom: Set(lues.prenom),
            nom: Set(lues.nom),
            champs: Set(champs),
            modifie_le: Set(Some(c.maintenant)),
            ..Default::default()
        })
        .col_expr(dossier::Column::Version, Expr::col(dossier::Column::Version).add(1))
        .filter(dossier::Column::Numero.eq(numero))
        .filter(dossier::Column::Version.eq(version))
        .filter(dossier::Column::Etat.eq(EtatDossier::EnConstruction))
        .exec(&c.tx)
        .await?;
    if changes.rows_affected == 0 {
        return Err(Erreur::Perime.into());
    }
    mots::indexer(&c.tx, numero).await?;
    ranger_les_fichiers(c, numero, (lues.retirer, lues.fichiers)).await?;
    avertir::prevoir_la_modification(c, &dossier).await?;
    c.noter(Action::DossierModifie, numero).await?;
    c.annoncer(&sujets).await
}

/// What was typed, once it was found to be right.
pub(crate) struct Lues {
    pub(crate) prenom: String,
    pub(crate) nom: String,
    pub(crate) reponses: Vec<Reponse>,
    pub(crate) retirer: Vec<PieceId>,
    pub(crate) fichiers: BTreeMap<ChampId, Vec<Admis>>,
}

/// What was typed, with something wrong in it; what is right of its files.
pub(crate) struct Refusees {
    pub(crate) problemes: Vec<Probleme>,
    pub(crate) retirer: Vec<PieceId>,
    pub(crate) fichiers: BTreeMap<ChampId, Vec<Admis>>,
}

/// Checks all of a form; `deja`: the files that it has.
pub(crate) fn verifier(
    definitions: &[DefinitionChamp],
    deja: &[PieceVue],
    saisies: Saisies,
) -> Result<Lues, Refusees> {
    let retirer: Vec<PieceId> =
        deja.iter().map(|piece| piece.id).filter(|id| saisies.retirer.contains(id)).collect();
    let (fichiers, mut problemes) = admettre(definitions, deja, &retirer, saisies.fichiers);
    let mut combien: BTreeMap<ChampId, usize> = BTreeMap::new();
    for piece in deja.iter().filter(|piece| !retirer.contains(&piece.id)) {
        if let Some(champ) = piece.champ {
            *combien.entry(champ).or_default() += 1;
        }
    }
    for (champ, siens) in &fichiers {
        *combien.entry(*champ).or_default() += siens.len();
    }
    // A field whose files were refused has its own sentence: it is not missing.
    for probleme in &problemes {
        if let Question::Champ(champ) = probleme.question {
            *combien.entry(champ).or_default() += 1;
        }
    }
    let mut nom = |question, texte: &str| match ligne(texte) {
        Ok(texte) => texte,
        Err(probleme) => {
            problemes.push(Probleme { question, probleme });
            String::new()
        }
    };
    let (prenom, nom) = (nom(Question::Prenom, &saisies.prenom), nom(Question::Nom, &saisies.nom));
    match lire_tout(definitions, &saisies.reponses, &combien, telephone::lire) {
        Ok(reponses) if problemes.is_empty() => {
            Ok(Lues { prenom, nom, reponses, retirer, fichiers })
        }
        lues => {
            problemes.extend(lues.err().unwrap_or_default());
            problemes.sort_by_key(|probleme| rang(definitions, probleme.question));
            Err(Refusees { problemes, retirer, fichiers })
        }
    }
}

fn rang(definitions: &[DefinitionChamp], question: Question) -> usize {
    match question {
        Question::Prenom => 0,
        Question::Nom => 1,
        Question::Champ(id) => {
            2 + definitions.iter().position(|d| d.id == id).unwrap_or(definitions.len())
        }
    }
}

fn ligne(texte: &str) -> Result<String, Saisie> {
    let texte: String = texte.chars().filter(|c| !c.is_control()).collect();
    let texte = texte.trim_matches(|c: char| c.is_whitespace() || c == '\u{200b}');
    match texte.chars().count() {
        0 => Err(Saisie::Vide),
        longueur if longueur > LIGNE_MAX => Err(Saisie::TropLongPour { max: LIGNE_MAX, longueur }),
        _ => Ok(texte.to_owned()),
    }
}

/// The files of each field that asks for some; those sent elsewhere are nobody's.
pub(crate) fn admettre(
    definitions: &[DefinitionChamp],
    deja: &[PieceVue],
    retirer: &[PieceId],
    mut fichiers: BTreeMap<ChampId, Vec<Fichier>>,
) -> (BTreeMap<ChampId, Vec<Admis>>, Vec<Probleme>) {
    let (mut admis, mut problemes) = (BTreeMap::new(), Vec::new());
    for champ in definitions.iter().filter(|c| c.genre == TypeChamp::PieceJustificative) {
        let siens = fichiers.remove(&champ.id).unwrap_or_default();
        if siens.is_empty() {
            continue;
        }
        let gardes =
            deja.iter().filter(|p| p.champ == Some(champ.id) && !retirer.contains(&p.id)).count();
        match fichier::compter(gardes, siens.len()).and_then(|()| pieces::admettre(siens)) {
            Ok(siens) => {
                admis.insert(champ.id, siens);
            }
            Err(probleme) => {
                problemes.push(Probleme { question: Question::Champ(champ.id), probleme });
            }
        }
    }
    (admis, problemes)
}

/// The new answers, then those of fields that are no longer in the form.
fn garder_le_reste(
    definitions: &[DefinitionChamp],
    avant: Vec<Reponse>,
    mut nouvelles: Vec<Reponse>,
) -> Vec<Reponse> {
    let disparu = |r: &Reponse| definitions.iter().all(|d| Some(d.id) != r.champ);
    nouvelles.extend(avant.into_iter().filter(disparu));
    nouvelles
}

/// Takes files away and adds others.
pub(crate) async fn ranger_les_fichiers(
    c: &Changement<'_>,
    numero: DossierNumero,
    (retirer, fichiers): (Vec<PieceId>, BTreeMap<ChampId, Vec<Admis>>),
) -> Result<(), Echec> {
    piece_jointe::Entity::delete_many()
        .filter(piece_jointe::Column::Dossier.eq(numero))
        .filter(piece_jointe::Column::Id.is_in(retirer.iter().copied()))
        .exec(&c.tx)
        .await?;
    for (champ, siens) in fichiers {
        pieces::joindre(c, numero, Place::Champ(champ), siens).await?;
    }
    Ok(())
}
