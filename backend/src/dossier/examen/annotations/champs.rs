//! The private fields of a dossier: the administrateur sets them, the instructeurs fill them in.
//!
//! Each has its own versions, added and never changed. Of a form that was left open only what was typed in it is saved,
//! so that two people may fill in different fields at the same time.

use super::conclure;
use crate::acces::autorisations;
use crate::demarche::champs::de_la_demarche;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::telephone;
use crate::socle::temps;
use crate::socle::verrous;
use crate::tables::compte::noms;
use crate::tables::{champ, dossier, valeur_privee};
use domain::Erreur;
use domain::champs::{DefinitionChamp, Pour, Reponse, TypeChamp, noter_retire};
use domain::erreur::{Probleme, Question};
use domain::ids::{ChampId, CompteId, DossierNumero};
use domain::role::Acteur;
use domain::vues::{self, ChampPrive, ChampVue};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};
use std::collections::{BTreeMap, HashMap};

/// What was typed in the private fields of a dossier.
#[derive(Debug, Default)]
pub struct Saisies {
    /// The fields that the form showed, each with its version then.
    pub montres: BTreeMap<ChampId, i32>,
    /// What was typed, by field. A box that is not ticked is absent.
    pub reponses: BTreeMap<ChampId, String>,
}

/// The rows that hold, by field.
type Actuelles = BTreeMap<ChampId, valeur_privee::Model>;

/// The private fields of a dossier, and what was answered to those that are no longer there.
pub(super) async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    dossier: &dossier::Model,
) -> Result<(Vec<ChampPrive>, Vec<Reponse>), Echec> {
    let demarche = dossier.demarche;
    let definitions = de_la_demarche(db, demarche, Pour::Administration).await?;
    let mut actuelles = actuelles(db, dossier.numero).await?;
    let auteurs = noms(db, actuelles.values().map(|ligne| ligne.instructeur)).await?;
    let mut champs = Vec::new();
    for definition in definitions {
        let ligne = actuelles.remove(&definition.id);
        champs.push(montrer(definition, ligne, acteur, &auteurs));
    }
    let mut retires = Vec::new();
    for ligne in actuelles.into_values().filter(|ligne| !ligne.valeur.is_empty()) {
        retires.push(Reponse {
            champ: Some(ligne.champ),
            libelle: ligne.libelle,
            genre: ligne.genre,
            valeur: ligne.valeur,
        });
    }
    Ok((champs, retires))
}

fn montrer(
    definition: DefinitionChamp,
    ligne: Option<valeur_privee::Model>,
    acteur: &Acteur,
    auteurs: &HashMap<CompteId, String>,
) -> ChampPrive {
    let valeur =
        definition.reprendre(ligne.as_ref().map_or("", |ligne| &ligne.valeur), telephone::lire);
    let (version, dernier) = match ligne {
        None => (0, None),
        Some(ligne) => {
            let dernier = vues::Changement {
                auteur: auteurs.get(&ligne.instructeur).cloned().unwrap_or_default(),
                moi: ligne.instructeur == acteur.compte,
                le: temps::a_paris(ligne.le),
                valeur: match ligne.genre {
                    TypeChamp::Telephone => telephone::presenter(&ligne.valeur),
                    genre => genre.montrer(&ligne.valeur),
                },
            };
            (ligne.version, Some(dernier))
        }
    };
    let champ = ChampVue { definition, valeur, pieces: Vec::new() };
    ChampPrive { champ, version, dernier }
}

async fn actuelles(db: &impl ConnectionTrait, numero: DossierNumero) -> Result<Actuelles, Echec> {
    let (champ, version) = (valeur_privee::Column::Champ, valeur_privee::Column::Version);
    let dernieres = Query::select()
        .column(champ)
        .expr(Expr::col(version).max())
        .from(valeur_privee::Entity)
        .and_where(valeur_privee::Column::Dossier.eq(numero))
        .group_by_col(champ)
        .to_owned();
    let celles_ci = Expr::tuple([Expr::col(champ), Expr::col(version)]).in_subquery(dernieres);
    Ok(valeur_privee::Entity::find()
        .filter(valeur_privee::Column::Dossier.eq(numero))
        .filter(celles_ci)
        .order_by_asc(champ)
        .all(db)
        .await?
        .into_iter()
        .map(|ligne| (ligne.champ, ligne))
        .collect())
}

/// « Enregistrer les champs »: saves what was typed, whatever is left empty. What somebody else saved since the form
/// was shown stays where nothing was typed, and is not overwritten unseen where something was.
///
/// # Errors
/// [`Erreur::Introuvable`]; [`Erreur::Reponses`]: nothing is saved then.
pub async fn enregistrer(
    c: &Changement<'_>,
    numero: DossierNumero,
    saisies: &Saisies,
) -> Result<(), Echec> {
    let dossier = autorisations::dossier_a_instruire(&c.tx, c.acteur, numero).await?;
    // Two who save at the same moment: the second sees what the first saved.
    verrous::dossier(&c.tx, numero).await?;
    let demarche = dossier.demarche;
    let definitions = de_la_demarche(&c.tx, demarche, Pour::Administration).await?;
    let actuelles = actuelles(&c.tx, numero).await?;
    let (mut lignes, mut problemes) = (Vec::new(), Vec::new());
    for (id, version) in &saisies.montres {
        let actuelle = actuelles.get(id);
        let montree = montree(&c.tx, (numero, *id), *version, actuelle).await?;
        let saisie = saisies.reponses.get(id).map_or("", String::as_str);
        let definition = definitions.iter().find(|definition| definition.id == *id);
        let note = match definition {
            Some(definition) => {
                let valeur = actuelle.map_or("", |ligne| &ligne.valeur);
                definition
                    .noter(saisie, &montree.valeur, valeur, telephone::lire)
                    .map(|lue| Some((definition, lue?)))
            }
            None => {
                retire(&c.tx, *id).await?;
                noter_retire(saisie, montree.genre, &montree.valeur).map(|()| None)
            }
        };
        match note {
            Ok(None) => {}
            Ok(Some((definition, valeur))) => lignes.push((definition, actuelle, valeur)),
            Err(probleme) => problemes.push(Probleme { question: Question::Champ(*id), probleme }),
        }
    }
    if !problemes.is_empty() {
        problemes.sort_by_key(|probleme| rang(&definitions, probleme.question));
        return Err(Erreur::Reponses(problemes).into());
    }
    if lignes.is_empty() {
        return Ok(());
    }
    for (definition, actuelle, valeur) in lignes {
        let version = actuelle.map_or(0, |ligne| ligne.version);
        inserer(c, numero, (definition, version, valeur)).await?;
    }
    conclure(c, &dossier).await
}

/// What a field held when the form was shown.
struct Montree {
    genre: TypeChamp,
    valeur: String,
}

async fn montree(
    db: &impl ConnectionTrait,
    (numero, id): (DossierNumero, ChampId),
    version: i32,
    actuelle: Option<&valeur_privee::Model>,
) -> Result<Montree, Echec> {
    let ligne = match actuelle.filter(|ligne| ligne.version == version) {
        Some(ligne) => Some(ligne.clone()),
        None => {
            valeur_privee::Entity::find()
                .filter(valeur_privee::Column::Dossier.eq(numero))
                .filter(valeur_privee::Column::Champ.eq(id))
                .filter(valeur_privee::Column::Version.eq(version))
                .one(db)
                .await?
        }
    };
    Ok(match ligne {
        Some(ligne) => Montree { genre: ligne.genre, valeur: ligne.valeur },
        None => Montree { genre: TypeChamp::TexteLong, valeur: String::new() },
    })
}

/// Whether the field was there once: one that is still somewhere else was never of this dossier.
async fn retire(db: &impl ConnectionTrait, id: ChampId) -> Result<(), Echec> {
    match champ::Entity::find_by_id(id).one(db).await? {
        Some(_) => Err(Erreur::Introuvable.into()),
        None => Ok(()),
    }
}

fn rang(definitions: &[DefinitionChamp], question: Question) -> usize {
    definitions
        .iter()
        .position(|definition| Question::Champ(definition.id) == question)
        .unwrap_or(definitions.len())
}

async fn inserer(
    c: &Changement<'_>,
    numero: DossierNumero,
    (definition, version, valeur): (&DefinitionChamp, i32, String),
) -> Result<(), Echec> {
    let ligne = valeur_privee::ActiveModel {
        dossier: Set(numero),
        champ: Set(definition.id),
        version: Set(version.saturating_add(1)),
        instructeur: Set(c.acteur.compte),
        libelle: Set(definition.libelle.clone()),
        genre: Set(definition.genre),
        valeur: Set(valeur),
        le: Set(c.maintenant),
        ..Default::default()
    };
    valeur_privee::Entity::insert(ligne).exec_without_returning(&c.tx).await?;
    Ok(())
}
