//! Démarches, as their administrateurs and instructeurs see them.

use crate::acces::autorisations;
use crate::demarche::administration::historique;
use crate::demarche::champs;
use crate::liste::effectifs::{self, Effectifs};
use crate::liste::{self, Regard};
use crate::socle::erreur::Echec;
use crate::socle::regards::{self, Rubrique};
use crate::tables::{
    administrateur, demarche, dossier, groupe, instructeur, modele_courriel, rendez_vous as table,
};
use chrono::{DateTime, Utc};
use domain::champs::Pour;
use domain::ids::{CompteId, DemarcheNumero};
use domain::liste::Onglet;
use domain::modele::Modele;
use domain::publication::Publication;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{DemarcheAdmin, DemarcheResume};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
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
    let numeros: Vec<i64> = administrateur::Entity::find()
        .filter(administrateur::Column::Compte.eq(acteur.compte.0))
        .select_only()
        .column(administrateur::Column::Demarche)
        .into_tuple()
        .all(db)
        .await?;
    let groupes = groupe::Entity::find()
        .filter(groupe::Column::Demarche.is_in(numeros.iter().copied()))
        .all(db)
        .await?;
    let effectifs = effectifs::par_groupe(db, groupes.iter().map(|g| g.id)).await?;
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
fn total(effectifs: &BTreeMap<i64, Effectifs>, groupes: impl Iterator<Item = i64>) -> u64 {
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
    let groupes = autorisations::groupes_de_l_instructeur(db, acteur.compte).await?;
    let mut resumes = Vec::new();
    for demarche in toutes(db, groupes.iter().map(|g| g.demarche).collect()).await? {
        let siens: Vec<i64> =
            groupes.iter().filter(|g| g.demarche == demarche.numero).map(|g| g.id).collect();
        let conservation_mois = demarche.conservation_mois;
        let regard = Regard { acteur, groupes: &siens, conservation_mois, maintenant };
        let (comptes, nouveautes) = liste::en_bref(db, &regard).await?;
        let tous = comptes.iter().find(|(onglet, _)| *onglet == Onglet::Tous);
        let dossiers = tous.map(|(_, combien)| *combien).unwrap_or_default();
        let rdv_non_vus =
            non_vus(db, acteur.compte, DemarcheNumero(demarche.numero), &siens).await?;
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
    numeros: Vec<i64>,
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
        numero: DemarcheNumero(demarche.numero),
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

/// When a rendez-vous of the dossiers of `groupes` last changed, if that is after `depuis`.
pub(crate) async fn dernier_changement(
    db: &impl ConnectionTrait,
    groupes: &[i64],
    depuis: Option<DateTime<Utc>>,
) -> Result<Option<DateTime<Utc>>, Echec> {
    let mut dernier = depuis;
    // One after the other: the index of each begins with its latest.
    for groupe in groupes {
        let plus_tard = de_ce_groupe(*groupe, dernier).into_tuple().one(db).await?;
        dernier = plus_tard.or(dernier);
    }
    Ok(dernier.filter(|_| dernier != depuis))
}

/// When the rendez-vous of a groupe changed, the latest first.
fn de_ce_groupe(groupe: i64, depuis: Option<DateTime<Utc>>) -> Select<table::Entity> {
    let visible = Query::select()
        .expr(Expr::val(1))
        .from(dossier::Entity)
        .and_where(
            Expr::col(dossier::Column::Numero.as_column_ref())
                .equals((Alias::new("rendez_vous"), Alias::new("dossier"))),
        )
        .and_where(dossier::visible())
        .to_owned();
    let siens = table::Entity::find()
        .filter(groupe_du_rendez_vous().eq(groupe))
        .filter(Expr::exists(visible));
    let siens = match depuis {
        Some(depuis) => siens.filter(table::Column::ChangeLe.gt(depuis)),
        None => siens,
    };
    siens.order_by_desc(table::Column::ChangeLe).select_only().column(table::Column::ChangeLe)
}

/// The groupe of a rendez-vous, which the database writes by itself (migration `m0013_places`).
pub(crate) fn groupe_du_rendez_vous() -> Expr {
    Expr::col((Alias::new("rendez_vous"), Alias::new("groupe")))
}

/// Whether « rendez-vous avec les usagers » has an orange dot.
pub(crate) async fn non_vus(
    db: &impl ConnectionTrait,
    compte: CompteId,
    numero: DemarcheNumero,
    groupes: &[i64],
) -> Result<bool, Echec> {
    let vu_le = regards::vu_le(db, compte, Sujet::Demarche(numero), Rubrique::RendezVous).await?;
    Ok(dernier_changement(db, groupes, vu_le).await?.is_some())
}
