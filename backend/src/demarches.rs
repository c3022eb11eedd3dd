//! Démarches, as their administrateurs and instructeurs see them.

use crate::administration::historique;
use crate::autorisations;
use crate::champs;
use crate::entities::{
    administrateur, demarche, dossier, groupe, instructeur, modele_courriel, rendez_vous as table,
};
use crate::erreur::Echec;
use crate::vus::{self, Rubrique};
use chrono::{DateTime, Utc};
use domain::champs::Pour;
use domain::ids::{CompteId, DemarcheNumero};
use domain::modele::Modele;
use domain::publication::Publication;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{DemarcheAdmin, DemarcheResume};
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// The démarches that one manages.
///
/// # Errors
/// The database failed.
pub async fn de_l_administrateur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
) -> Result<Vec<DemarcheResume>, Echec> {
    let numeros: Vec<i64> = administrateur::Entity::find()
        .filter(administrateur::Column::Compte.eq(acteur.compte.0))
        .select_only()
        .column(administrateur::Column::Demarche)
        .into_tuple()
        .all(db)
        .await?;
    let mut resumes = Vec::new();
    for demarche in toutes(db, numeros).await? {
        let dossiers = dossier::Entity::find()
            .filter(dossier::Column::Demarche.eq(demarche.numero))
            .count(db)
            .await?;
        resumes.push(resume(demarche, dossiers, false));
    }
    Ok(resumes)
}

/// The démarches whose dossiers one examines.
///
/// # Errors
/// The database failed.
pub async fn de_l_instructeur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
) -> Result<Vec<DemarcheResume>, Echec> {
    let groupes = autorisations::groupes_de_l_instructeur(db, acteur.compte).await?;
    let mut resumes = Vec::new();
    for demarche in toutes(db, groupes.iter().map(|g| g.demarche).collect()).await? {
        let siens: Vec<i64> =
            groupes.iter().filter(|g| g.demarche == demarche.numero).map(|g| g.id).collect();
        let dossiers = dossier::Entity::find()
            .filter(dossier::Column::Groupe.is_in(siens.clone()))
            .filter(dossier::visible())
            .count(db)
            .await?;
        let non_vus = non_vus(db, acteur.compte, DemarcheNumero(demarche.numero), &siens).await?;
        resumes.push(resume(demarche, dossiers, non_vus));
    }
    Ok(resumes)
}

async fn toutes(
    db: &impl ConnectionTrait,
    numeros: Vec<i64>,
) -> Result<Vec<demarche::Model>, Echec> {
    Ok(demarche::Entity::find()
        .filter(demarche::Column::Numero.is_in(numeros))
        .order_by_asc(demarche::Column::Titre)
        .order_by_asc(demarche::Column::Numero)
        .all(db)
        .await?)
}

fn resume(demarche: demarche::Model, dossiers: u64, rdv_non_vus: bool) -> DemarcheResume {
    DemarcheResume {
        numero: DemarcheNumero(demarche.numero),
        titre: demarche.titre,
        publication: Publication::de(demarche.publiee_le, demarche.close_le),
        dossiers,
        rdv_active: demarche.rdv_active,
        rdv_non_vus,
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
        .filter(administrateur::Column::Demarche.eq(numero.0))
        .count(db)
        .await?;
    let courriels_personnalises = modele_courriel::Entity::find()
        .filter(modele_courriel::Column::Demarche.eq(numero.0))
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
        modifications: historique::combien(db, numero).await?,
        courriels_personnalises,
        courriels: Modele::TOUS.len() as u64,
        rdv_active: demarche.rdv_active,
    })
}

/// How many people examine the dossiers of a démarche, in all its groupes.
async fn instructeurs(db: &impl ConnectionTrait, numero: DemarcheNumero) -> Result<u64, Echec> {
    let groupes = Query::select()
        .column(groupe::Column::Id)
        .from(groupe::Entity)
        .and_where(groupe::Column::Demarche.eq(numero.0))
        .to_owned();
    let comptes: Vec<i64> = instructeur::Entity::find()
        .filter(instructeur::Column::Groupe.in_subquery(groupes))
        .select_only()
        .column(instructeur::Column::Compte)
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    Ok(comptes.len() as u64)
}

/// When a rendez-vous of the dossiers of `groupes` last changed.
pub(crate) async fn dernier_changement(
    db: &impl ConnectionTrait,
    groupes: &[i64],
) -> Result<Option<DateTime<Utc>>, Echec> {
    let leurs = Query::select()
        .column(dossier::Column::Numero)
        .from(dossier::Entity)
        .and_where(dossier::Column::Groupe.is_in(groupes.iter().copied()))
        .and_where(dossier::visible())
        .to_owned();
    let dernier = table::Entity::find()
        .filter(table::Column::Dossier.in_subquery(leurs))
        .order_by_desc(table::Column::ChangeLe)
        .one(db)
        .await?;
    Ok(dernier.map(|rdv| rdv.change_le))
}

/// Whether « rendez-vous avec les usagers » has an orange dot.
pub(crate) async fn non_vus(
    db: &impl ConnectionTrait,
    compte: CompteId,
    numero: DemarcheNumero,
    groupes: &[i64],
) -> Result<bool, Echec> {
    let Some(change_le) = dernier_changement(db, groupes).await? else { return Ok(false) };
    let vu_le = vus::vu_le(db, compte, Sujet::Demarche(numero), Rubrique::RendezVous).await?;
    Ok(vu_le.is_none_or(|vu| vu < change_le))
}
