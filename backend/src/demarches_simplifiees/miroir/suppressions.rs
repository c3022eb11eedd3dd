//! What was deleted there: a deletion that may still be undone suspends the dossier, a final one erases here all that is known of
//! the person.

use crate::dossier::purge;
use crate::socle::base::Base;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::{miroir, raccordement};
use chrono::{DateTime, Utc};
use domain::ids::DossierNumero;
use domain::raccordement::Suppression;
use domain::sujet::Sujet;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeSet;

/// How many dossiers are erased in one change: those who wait to write wait for it.
const LOT: usize = 20;

/// What the platform says of deletions, by numbers there.
#[derive(Debug, Default)]
pub(super) struct Suppressions {
    pub(super) en_attente: Vec<i64>,
    pub(super) definitives: Vec<i64>,
}

/// Does here what they cause. Done twice, it is done once.
pub(super) async fn suivre(
    base: &Base,
    raccordement: &raccordement::Model,
    suppressions: &Suppressions,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let definitives: BTreeSet<i64> = suppressions.definitives.iter().copied().collect();
    let en_attente: BTreeSet<i64> =
        suppressions.en_attente.iter().copied().filter(|n| !definitives.contains(n)).collect();
    let a_suspendre = lire(base.lire(), raccordement, &en_attente).await?;
    let a_suspendre: Vec<miroir::Model> =
        a_suspendre.into_iter().filter(|m| m.suppression == Suppression::Aucune).collect();
    for lot in a_suspendre.chunks(LOT) {
        let tx = base.ecrire().await?;
        suspendre(&tx, raccordement, lot, maintenant).await?;
        tx.valider().await?;
    }
    let a_effacer = lire(base.lire(), raccordement, &definitives).await?;
    for lot in a_effacer.chunks(LOT) {
        let tx = base.ecrire().await?;
        for miroir in lot {
            purge::effacer_un_miroir(&tx, miroir.dossier, maintenant).await?;
        }
        direct::annoncer(&tx, &sujets(raccordement, lot), maintenant).await?;
        tx.valider().await?;
    }
    Ok(())
}

async fn lire(
    db: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    numeros: &BTreeSet<i64>,
) -> Result<Vec<miroir::Model>, Echec> {
    if numeros.is_empty() {
        return Ok(Vec::new());
    }
    Ok(miroir::Entity::find()
        .filter(miroir::Column::Raccordement.eq(raccordement.id))
        .filter(miroir::Column::NumeroDistant.is_in(numeros.iter().copied()))
        .order_by_asc(miroir::Column::Dossier)
        .all(db)
        .await?)
}

/// Says that these are about to be deleted there: their links are closed, their rendez-vous stay, their instructeurs read it.
pub(super) async fn suspendre(
    tx: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    miroirs: &[miroir::Model],
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let numeros: BTreeSet<DossierNumero> = miroirs.iter().map(|miroir| miroir.dossier).collect();
    verrous::dossiers(tx, &numeros).await?;
    miroir::Entity::update_many()
        .col_expr(miroir::Column::Suppression, Expr::value(Suppression::EnAttente))
        .filter(miroir::Column::Dossier.is_in(numeros))
        .exec(tx)
        .await?;
    Ok(direct::annoncer(tx, &sujets(raccordement, miroirs), maintenant).await?)
}

fn sujets(raccordement: &raccordement::Model, miroirs: &[miroir::Model]) -> Vec<Sujet> {
    let dossiers = miroirs.iter().map(|miroir| Sujet::Dossier(miroir.dossier));
    dossiers.chain([Sujet::Demarche(raccordement.demarche)]).collect()
}
