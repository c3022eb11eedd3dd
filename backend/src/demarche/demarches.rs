//! Démarches, as their administrateurs and instructeurs see them.

use crate::acces::autorisations;
use crate::demarche::champs;
use crate::liste;
use crate::liste::effectifs::{self, Effectifs};
use crate::liste::lecteur::Lecteur;
use crate::rendez_vous::nouveautes;
use crate::socle::erreur::Echec;
use crate::tables::{
    administrateur, demarche, groupe, instructeur, journal, modele_courriel, raccordement,
};
use chrono::{DateTime, Utc};
use domain::champs::Pour;
use domain::ids::{CompteId, DemarcheNumero, GroupeId};
use domain::liste::Onglet;
use domain::modele::Modele;
use domain::publication::Publication;
use domain::role::Acteur;
use domain::vues::{DemarcheAdmin, DemarcheResume};
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::BTreeMap;

/// The démarches that one manages.
///
/// # Errors
/// The database failed.
pub async fn de_l_administrateur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
) -> Result<Vec<DemarcheResume>, Echec> {
    let numeros = administrateur::demarches(db, acteur.compte).await?;
    let groupes = groupe::Entity::find()
        .filter(groupe::Column::Demarche.is_in(numeros.iter().copied()))
        .all(db)
        .await?;
    let effectifs = effectifs::par_groupe(db, groupes.iter().map(|g| g.id), acteur.compte).await?;
    let demarches = toutes(db, numeros).await?;
    Ok(demarches
        .into_iter()
        .map(|demarche| {
            let siens = groupes.iter().filter(|g| g.demarche == demarche.numero);
            let dossiers = total(&effectifs, siens.map(|g| g.id));
            resume(demarche, dossiers)
        })
        .collect())
}

/// How many dossiers some groupes have together.
fn total(
    effectifs: &BTreeMap<GroupeId, Effectifs>,
    groupes: impl Iterator<Item = GroupeId>,
) -> u64 {
    groupes.filter_map(|groupe| effectifs.get(&groupe)).map(|siens| siens.tous()).sum()
}

/// The démarches whose dossiers one examines.
///
/// # Errors
/// The database failed.
pub async fn de_l_instructeur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    maintenant: DateTime<Utc>,
) -> Result<Vec<DemarcheResume>, Echec> {
    let groupes = groupe::de_l_instructeur(db, acteur.compte).await?;
    let mut resumes = Vec::new();
    for demarche in toutes(db, groupes.iter().map(|g| g.demarche).collect()).await? {
        let siens: Vec<GroupeId> =
            groupes.iter().filter(|g| g.demarche == demarche.numero).map(|g| g.id).collect();
        let conservation_mois = demarche.conservation_mois;
        let lecteur = Lecteur { acteur, groupes: &siens, conservation_mois, maintenant };
        let (comptes, nouveautes) = liste::en_bref(db, &lecteur).await?;
        let tous = comptes.iter().find(|(onglet, _)| *onglet == Onglet::Tous);
        let dossiers = tous.map(|(_, combien)| *combien).unwrap_or_default();
        let rdv_non_vus = nouveautes::non_vus(db, acteur.compte, demarche.numero, &siens).await?;
        resumes.push(DemarcheResume {
            comptes,
            nouveautes,
            rdv_non_vus,
            ..resume(demarche, dossiers)
        });
    }
    Ok(resumes)
}

async fn toutes(
    db: &impl ConnectionTrait,
    numeros: Vec<DemarcheNumero>,
) -> Result<Vec<demarche::Model>, Echec> {
    Ok(demarche::Entity::find()
        .filter(demarche::Column::Numero.is_in(numeros))
        .order_by_asc(demarche::Column::Titre)
        .order_by_asc(demarche::Column::Numero)
        .all(db)
        .await?)
}

fn resume(demarche: demarche::Model, dossiers: u64) -> DemarcheResume {
    DemarcheResume {
        numero: demarche.numero,
        titre: demarche.titre,
        publication: Publication::de(demarche.publiee_le, demarche.close_le),
        dossiers,
        rdv_active: demarche.rdv_active,
        rdv_non_vus: false,
        comptes: vec![],
        nouveautes: false,
    }
}

/// The management page of a démarche.
///
/// # Errors
/// [`domain::Erreur::Introuvable`] for those who do not manage it.
pub async fn pour_l_administrateur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<DemarcheAdmin, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let administrateurs = administrateur::Entity::find()
        .filter(administrateur::Column::Demarche.eq(numero))
        .count(db)
        .await?;
    let courriels_personnalises = modele_courriel::Entity::find()
        .filter(modele_courriel::Column::Demarche.eq(numero))
        .count(db)
        .await?;
    Ok(DemarcheAdmin {
        numero,
        publication: Publication::de(demarche.publiee_le, demarche.close_le),
        presentee: !demarche.titre.trim().is_empty() && !demarche.description.trim().is_empty(),
        titre: demarche.titre,
        service: demarche.service,
        champs: champs::liste(numero, Pour::Usagers).count(db).await?,
        annotations: champs::liste(numero, Pour::Administration).count(db).await?,
        administrateurs,
        instructeurs: instructeurs(db, numero).await?,
        modifications: journal::combien(db, numero).await?,
        courriels_personnalises,
        courriels: Modele::TOUS.len() as u64,
        rdv_active: demarche.rdv_active,
        proconnect: demarche.proconnect,
        raccordement: raccordement::etat_de(db, numero).await?,
    })
}

/// How many people examine the dossiers of a démarche, in all its groupes.
async fn instructeurs(db: &impl ConnectionTrait, numero: DemarcheNumero) -> Result<u64, Echec> {
    let groupes = Query::select()
        .column(groupe::Column::Id)
        .from(groupe::Entity)
        .and_where(groupe::Column::Demarche.eq(numero))
        .to_owned();
    let comptes: Vec<CompteId> = instructeur::Entity::find()
        .filter(instructeur::Column::Groupe.in_subquery(groupes))
        .select_only()
        .column(instructeur::Column::Compte)
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    Ok(comptes.len() as u64)
}
