//! One page of the list.

use super::{Regard, criteres};
use crate::autorisations;
use crate::corrections;
use crate::dossiers::{demandeur, etat};
use crate::entities::{compte, dossier, suivi};
use crate::erreur::Echec;
use crate::rendez_vous;
use crate::temps;
use domain::dossier::{EtatDossier, expiration};
use domain::ids::DossierNumero;
use domain::liste::{Borne, Filtres, Nouveaute, Tri};
use domain::vues::{LigneDossier, PageDossiers};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select, Value,
};
use std::collections::HashMap;

/// How many dossiers a page shows.
pub(super) const PAR_PAGE: usize = 25;

/// How many dossiers with a notification are brought up, at most.
const REMONTES_MAX: u64 = 500;

/// The page that `filtres` says.
pub(super) async fn lire(
    db: &impl ConnectionTrait,
    regard: &Regard<'_>,
    filtres: &Filtres,
    noms: &[(i64, String)],
) -> Result<PageDossiers, Echec> {
    let (lus, precedente, suivante) = dossiers(db, regard, filtres, PAR_PAGE).await?;
    Ok(PageDossiers {
        lignes: lignes(db, regard, lus, noms).await?,
        total: compter(db, regard, filtres).await?,
        precedente,
        suivante,
    })
}

/// The dossiers of a page, and whether there are some before and after.
pub(super) async fn dossiers(
    db: &impl ConnectionTrait,
    regard: &Regard<'_>,
    filtres: &Filtres,
    combien: usize,
) -> Result<(Vec<dossier::Model>, bool, bool), Echec> {
    let recul = matches!(filtres.borne, Some(Borne::Avant(_)));
    let borne = match filtres.borne {
        Some(Borne::Apres(DossierNumero(n)) | Borne::Avant(DossierNumero(n))) => {
            // A dossier that is no longer one's own tells nothing: the list begins again.
            dossier::Entity::find_by_id(n)
                .filter(dossier::Column::Groupe.is_in(regard.groupes.iter().copied()))
                .filter(dossier::visible())
                .one(db)
                .await?
        }
        None => None,
    };
    let remontes = if filtres.notifications { remontes(db, regard).await? } else { vec![] };
    // Those with a notification come first, then the others: two lists, one after the other.
    let parties: &[Option<bool>] = match (filtres.notifications && !remontes.is_empty(), recul) {
        (false, _) => &[None],
        (true, false) => &[Some(true), Some(false)],
        (true, true) => &[Some(false), Some(true)],
    };
    let partie_de_la_borne = borne.as_ref().map(|b| remontes.contains(&b.numero));
    let voulus = combien + 1;
    let mut lus = Vec::new();
    for partie in parties {
        let depart = match (partie, partie_de_la_borne) {
            (Some(partie), Some(de_la_borne)) if *partie != de_la_borne => {
                // The list that comes before where one is, in the direction one goes, is behind.
                if *partie != recul {
                    continue;
                }
                None
            }
            _ => borne.as_ref(),
        };
        let mut condition = Condition::all()
            .add(criteres::onglet(regard, filtres.onglet))
            .add(criteres::filtres(regard, filtres));
        if let Some(remonte) = partie {
            let numero = dossier::Column::Numero;
            condition = condition.add(if *remonte {
                numero.is_in(remontes.clone())
            } else {
                numero.is_not_in(remontes.clone())
            });
        }
        let manque = voulus - lus.len();
        lus.extend(tranche(db, regard, filtres, condition, depart, recul, manque).await?);
        if lus.len() >= voulus {
            break;
        }
    }
    let encore = lus.len() > combien;
    lus.truncate(combien);
    if recul {
        lus.reverse();
    }
    let avant = borne.is_some();
    Ok(if recul { (lus, encore, avant) } else { (lus, avant, encore) })
}

/// Those that have a notification for the one who looks, as long as they are not too many.
async fn remontes(db: &impl ConnectionTrait, regard: &Regard<'_>) -> Result<Vec<i64>, Echec> {
    let nouveaux = criteres::nouveaux(regard.acteur.compte.0);
    Ok(dossier::Entity::find()
        .filter(dossier::Column::Groupe.is_in(regard.groupes.iter().copied()))
        .filter(dossier::visible())
        .filter(dossier::Column::Numero.in_subquery(nouveaux))
        .select_only()
        .column(dossier::Column::Numero)
        .order_by_desc(dossier::Column::Numero)
        .limit(REMONTES_MAX)
        .into_tuple()
        .all(db)
        .await?)
}

/// The next `combien` dossiers from `depart`. Each groupe is read in the order of its own index, then they
/// are merged: an instructeur belongs to a few.
async fn tranche(
    db: &impl ConnectionTrait,
    regard: &Regard<'_>,
    filtres: &Filtres,
    condition: Condition,
    depart: Option<&dossier::Model>,
    recul: bool,
    combien: usize,
) -> Result<Vec<dossier::Model>, Echec> {
    let croissant = filtres.croissant != recul;
    let ordre = if croissant { Order::Asc } else { Order::Desc };
    let groupes: Vec<i64> = regard
        .groupes
        .iter()
        .copied()
        .filter(|groupe| filtres.groupe.is_none_or(|voulu| voulu == *groupe))
        .collect();
    let ranger = |mut choix: Select<dossier::Entity>| {
        if let Some(colonne) = colonne(filtres.tri) {
            choix = choix.order_by(colonne, ordre.clone());
        }
        choix.order_by(dossier::Column::Numero, ordre.clone()).limit(combien as u64)
    };
    let mut lus = Vec::new();
    for groupe in &groupes {
        let mut choix = dossier::Entity::find()
            .filter(dossier::Column::Groupe.eq(*groupe))
            .filter(dossier::visible())
            .filter(condition.clone());
        if let Some(depart) = depart {
            choix = choix.filter(au_dela(filtres.tri, depart, croissant));
        }
        lus.extend(ranger(choix).all(db).await?);
    }
    if groupes.len() > 1 {
        // Names are compared as the database does.
        let candidats = lus.iter().map(|d| d.numero);
        let choix = dossier::Entity::find().filter(dossier::Column::Numero.is_in(candidats));
        lus = ranger(choix).all(db).await?;
    }
    Ok(lus)
}

/// What is sorted by, before the number.
const fn colonne(tri: Tri) -> Option<dossier::Column> {
    match tri {
        Tri::Numero => None,
        Tri::Nom => Some(dossier::Column::Nom),
        Tri::Depot => Some(dossier::Column::DeposeLe),
        Tri::Statut => Some(dossier::Column::Etat),
    }
}

/// After `depart` in the order, as one comparison that an index can answer.
fn au_dela(tri: Tri, depart: &dossier::Model, croissant: bool) -> Expr {
    let valeur: Option<Value> = match tri {
        Tri::Numero => None,
        Tri::Nom => Some(depart.nom.clone().into()),
        Tri::Depot => Some(depart.depose_le.into()),
        Tri::Statut => Some(depart.etat.clone().into()),
    };
    let numero = Expr::col(dossier::Column::Numero.as_column_ref());
    let (gauche, droite) = match (colonne(tri), valeur) {
        (Some(colonne), Some(valeur)) => (
            Expr::tuple([Expr::col(colonne.as_column_ref()), numero]),
            Expr::tuple([Expr::val(valeur), Expr::val(depart.numero)]),
        ),
        _ => (numero, Expr::val(depart.numero)),
    };
    if croissant { gauche.gt(droite) } else { gauche.lt(droite) }
}

/// How many dossiers the filters leave, as long as they are not too many to be worth counting.
async fn compter(
    db: &impl ConnectionTrait,
    regard: &Regard<'_>,
    filtres: &Filtres,
) -> Result<Option<u64>, Echec> {
    let groupes = regard.groupes.iter().copied().filter(|g| filtres.groupe.is_none_or(|f| f == *g));
    let mut requete = dossier::Entity::find()
        .filter(dossier::Column::Groupe.is_in(groupes))
        .filter(dossier::visible())
        .filter(criteres::onglet(regard, filtres.onglet))
        .filter(criteres::filtres(regard, filtres))
        .select_only()
        .column(dossier::Column::Numero)
        .limit(PageDossiers::COMPTES + 1)
        .into_query();
    let requete = Query::select()
        .expr(Expr::col(sea_orm::sea_query::Asterisk).count())
        .from_subquery(std::mem::take(&mut requete), sea_orm::sea_query::Alias::new("choisis"))
        .to_owned();
    let ligne = db.query_one(&requete).await?;
    let combien: i64 = match ligne {
        Some(ligne) => ligne.try_get_by_index(0)?,
        None => 0,
    };
    let combien = u64::try_from(combien).unwrap_or_default();
    Ok((combien <= PageDossiers::COMPTES).then_some(combien))
}

/// The rows of dossiers, in the same order.
pub(super) async fn lignes(
    db: &impl ConnectionTrait,
    regard: &Regard<'_>,
    lus: Vec<dossier::Model>,
    noms: &[(i64, String)],
) -> Result<Vec<LigneDossier>, Echec> {
    if lus.is_empty() {
        return Ok(vec![]);
    }
    let numeros: Vec<i64> = lus.iter().map(|d| d.numero).collect();
    let corrections = corrections::badges(db, &lus).await?;
    let syntheses = rendez_vous::syntheses(db, &numeros, regard.maintenant).await?;
    let suivis = suivis(db, &numeros).await?;
    let nouveautes = nouveautes(db, regard, &numeros).await?;
    let comptes = comptes(db, lus.iter().map(|d| d.usager)).await?;
    lus.into_iter()
        .map(|dossier| {
            let etat = etat(&dossier)?;
            let depose_le = temps::a_paris(dossier.depose_le).date();
            let siens = suivis.get(&dossier.numero).map_or(&[][..], Vec::as_slice);
            let groupe = noms.iter().find(|(id, _)| *id == dossier.groupe);
            Ok(LigneDossier {
                numero: DossierNumero(dossier.numero),
                demandeur: comptes
                    .get(&dossier.usager)
                    .map(|c| c.email.clone())
                    .unwrap_or_default(),
                nom: demandeur(&dossier),
                etat,
                tag: syntheses.get(&dossier.numero).and_then(|s| s.tag),
                correction: corrections.get(&dossier.numero).copied(),
                depose_le,
                expire_le: (etat == EtatDossier::EnConstruction).then(|| expiration(depose_le)),
                groupe: groupe.map(|(_, nom)| nom.clone()).unwrap_or_default(),
                suivi_par: siens.iter().map(|(_, nom)| nom.clone()).collect(),
                suivi: siens.iter().any(|(compte, _)| *compte == regard.acteur.compte.0),
                nouveautes: nouveautes.get(&dossier.numero).cloned().unwrap_or_default(),
            })
        })
        .collect()
}

/// Who follows each of `numeros`, by name.
async fn suivis(
    db: &impl ConnectionTrait,
    numeros: &[i64],
) -> Result<HashMap<i64, Vec<(i64, String)>>, Echec> {
    let lignes = suivi::Entity::find()
        .filter(suivi::Column::Dossier.is_in(numeros.iter().copied()))
        .order_by_asc(suivi::Column::Depuis)
        .all(db)
        .await?;
    let comptes = comptes(db, lignes.iter().map(|l| l.compte)).await?;
    let mut par_dossier: HashMap<i64, Vec<(i64, String)>> = HashMap::new();
    for ligne in lignes {
        if let Some(compte) = comptes.get(&ligne.compte) {
            let suiveur = (ligne.compte, autorisations::nom(compte));
            par_dossier.entry(ligne.dossier).or_default().push(suiveur);
        }
    }
    Ok(par_dossier)
}

/// What the reader has not seen in each of `numeros` that they follow.
async fn nouveautes(
    db: &impl ConnectionTrait,
    regard: &Regard<'_>,
    numeros: &[i64],
) -> Result<HashMap<i64, Vec<Nouveaute>>, Echec> {
    let mut par_dossier: HashMap<i64, Vec<Nouveaute>> = HashMap::new();
    for quoi in Nouveaute::TOUTES {
        let mut requete = criteres::nouveau(regard.acteur.compte.0, quoi);
        requete.and_where(suivi::Column::Dossier.is_in(numeros.iter().copied()));
        for ligne in db.query_all(&requete).await? {
            par_dossier.entry(ligne.try_get_by_index(0)?).or_default().push(quoi);
        }
    }
    Ok(par_dossier)
}

async fn comptes(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, compte::Model>, Echec> {
    Ok(compte::Entity::find()
        .filter(compte::Column::Id.is_in(ids))
        .all(db)
        .await?
        .into_iter()
        .map(|compte| (compte.id, compte))
        .collect())
}
