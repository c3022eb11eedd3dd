//! « Rechercher un dossier », in the header: among all the dossiers that one examines, of any démarche.

use super::criteres::Choix;
use super::{noms_des_groupes, page};
use crate::acces::autorisations;
use crate::liste::lecteur::Lecteur;
use crate::socle::erreur::Echec;
use crate::tables::{demarche, dossier};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::ids::{DemarcheNumero, GroupeId};
use domain::liste::{Filtres, Onglet};
use domain::role::Acteur;
use domain::vues::{DossierTrouve, RechercheDossiers};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;

/// What `filtres` look for: what is in the lists, or what is archived. Nothing is found by nothing.
///
/// # Errors
/// [`Erreur::Introuvable`] for those who examine no dossier.
pub async fn rechercher(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    filtres: Filtres,
    maintenant: DateTime<Utc>,
) -> Result<RechercheDossiers, Echec> {
    let filtres = seulement(filtres);
    let siens = autorisations::groupes(db, acteur).await?;
    if siens.is_empty() {
        return Err(Erreur::Introuvable.into());
    }
    if filtres.recherche.trim().is_empty() {
        return Ok(RechercheDossiers { filtres, ..Default::default() });
    }
    let groupes: Vec<GroupeId> = siens.iter().map(|groupe| groupe.id).collect();
    // What is looked for depends on no démarche; only what is said of each dossier does.
    let lecteur = Lecteur { acteur, groupes: &groupes, conservation_mois: 0, maintenant };
    let noms = noms_des_groupes(db, &groupes).await?;
    let choix = Choix::lire(db, &lecteur, &filtres).await?;
    let total = page::compter(db, &choix).await?;
    let (lus, precedente, suivante) =
        page::dossiers(db, &lecteur, &filtres, &choix, page::PAR_PAGE).await?;
    let demarches = demarches(db, &lus).await?;
    let mut trouves = Vec::new();
    for lot in lus.chunk_by(|un, autre| un.demarche == autre.demarche) {
        let Some(demarche) = lot.first().and_then(|lu| demarches.get(&lu.demarche)) else {
            continue;
        };
        let lecteur = Lecteur { conservation_mois: demarche.conservation_mois, ..lecteur };
        let lignes = page::lignes(db, &lecteur, lot.to_vec(), &noms).await?;
        trouves.extend(lignes.into_iter().map(|ligne| DossierTrouve {
            ligne,
            demarche: demarche.numero,
            titre: demarche.titre.clone(),
        }));
    }
    Ok(RechercheDossiers { filtres, trouves, total, precedente, suivante })
}

/// Only what this page asks for: the words, where to look, and the place of the page.
fn seulement(filtres: Filtres) -> Filtres {
    let onglet = match filtres.onglet {
        Onglet::Archives => Onglet::Archives,
        _ => Onglet::Tous,
    };
    Filtres { onglet, recherche: filtres.recherche, borne: filtres.borne, ..Filtres::default() }
}

async fn demarches(
    db: &impl ConnectionTrait,
    dossiers: &[dossier::Model],
) -> Result<HashMap<DemarcheNumero, demarche::Model>, Echec> {
    let demarches = demarche::Entity::find()
        .filter(demarche::Column::Numero.is_in(dossiers.iter().map(|dossier| dossier.demarche)))
        .all(db)
        .await?;
    Ok(demarches.into_iter().map(|demarche| (demarche.numero, demarche)).collect())
}
