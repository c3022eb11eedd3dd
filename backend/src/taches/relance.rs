//! Mails that wait for a mail server: how many, since when, and how they leave as soon as it is back.

use super::Atelier;
use crate::contexte::Contexte;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::tache;
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use std::time::Duration;
use tokio::time::Instant;

/// A mail has just left, so that there is a mail server again: those that met none leave now rather than at the hour
/// of their next try.
pub(super) async fn apres_panne(
    contexte: &Contexte,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let en_panne = Condition::all()
        .add(tache::Column::Panne.eq(true))
        .add(tache::Column::APartirDe.gt(maintenant));
    // Most of the time there is none: look before taking the lock for writing.
    let une = en_attente(en_panne.clone()).limit(1).one(contexte.base.lire()).await?;
    if une.is_none() {
        return Ok(());
    }
    let tx = contexte.base.ecrire().await?;
    avancer(&tx, en_panne, maintenant).await?;
    tx.valider().await
}

/// Has all mails that wait for another try leave now; `abandonnes`: also those that were given up. Gives how many.
///
/// # Errors
/// The database failed.
pub async fn relancer(
    db: &impl ConnectionTrait,
    abandonnes: bool,
    maintenant: DateTime<Utc>,
) -> Result<u64, Echec> {
    let courriels = || Condition::all().add(Atelier::Courriels.genres());
    let mut relancees = avancer(db, courriels(), maintenant).await?;
    if abandonnes {
        relancees += reprendre(db, courriels(), maintenant).await?;
    }
    Ok(relancees)
}

fn en_attente(choisies: Condition) -> Select<tache::Entity> {
    tache::Entity::find()
        .filter(tache::Column::FaiteLe.is_null())
        .filter(tache::Column::AbandonneeLe.is_null())
        .filter(tache::Column::Erreur.is_not_null())
        .filter(choisies)
}

/// Those of `choisies` that failed are tried now. One that is in hand at this moment is left alone.
pub(super) async fn avancer(
    db: &impl ConnectionTrait,
    choisies: Condition,
    maintenant: DateTime<Utc>,
) -> Result<u64, Echec> {
    let change = tache::ActiveModel { a_partir_de: Set(maintenant), ..Default::default() };
    changer(db, en_attente(choisies), change).await
}

/// Those of `choisies` that were given up are to be done again.
pub(super) async fn reprendre(
    db: &impl ConnectionTrait,
    choisies: Condition,
    maintenant: DateTime<Utc>,
) -> Result<u64, Echec> {
    let abandonnees = tache::Entity::find()
        .filter(tache::Column::FaiteLe.is_null())
        .filter(tache::Column::AbandonneeLe.is_not_null())
        .filter(choisies);
    let change = tache::ActiveModel {
        abandonnee_le: Set(None),
        raison: Set(None),
        essais: Set(0),
        a_partir_de: Set(maintenant),
        ..Default::default()
    };
    changer(db, abandonnees, change).await
}

async fn changer(
    db: &impl ConnectionTrait,
    choix: Select<tache::Entity>,
    change: tache::ActiveModel,
) -> Result<u64, Echec> {
    let libres = verrous::libres(choix.select_only().column(tache::Column::Id));
    let changees = tache::Entity::update_many()
        .set(change)
        .filter(tache::Column::Id.in_subquery(libres.into_query()))
        .exec(db)
        .await?;
    Ok(changees.rows_affected)
}

/// How often what waits is measured, at most.
const MESURE: Duration = Duration::from_secs(5);

/// Measures what waits, unless that was done at `derniere`, not long ago.
pub(super) async fn mesurer_parfois(contexte: &Contexte, derniere: &mut Option<Instant>) {
    if derniere.is_some_and(|derniere| derniere.elapsed() < MESURE) {
        return;
    }
    *derniere = Some(Instant::now());
    if let Err(erreur) = mesurer(contexte).await {
        tracing::warn!(%erreur, "the mails that wait could not be measured");
    }
}

/// Measures the mails that wait and those that were given up, for all processes that share the database.
async fn mesurer(contexte: &Contexte) -> Result<(), Echec> {
    let (db, maintenant) = (contexte.base.lire(), contexte.horloge.maintenant());
    let premiere = dus(maintenant).order_by_asc(tache::Column::Id).limit(1).one(db).await?;
    let depuis = premiere.map(|ligne| ligne.ecrite_le.unwrap_or(ligne.a_partir_de));
    let age = depuis.map_or(0, |depuis| (maintenant - depuis).num_milliseconds().max(0));
    let abandonnes = tache::Entity::find()
        .filter(tache::Column::AbandonneeLe.is_not_null())
        .filter(Atelier::Courriels.genres());
    metrics::gauge!("courriels_en_attente").set(dus(maintenant).count(db).await? as f64);
    metrics::gauge!("courriels_attente_secondes").set(age as f64 / 1000.0);
    metrics::gauge!("courriels_abandonnes").set(abandonnes.count(db).await? as f64);
    Ok(())
}

/// Mails that should have left already.
fn dus(maintenant: DateTime<Utc>) -> Select<tache::Entity> {
    let deja = Condition::any()
        .add(tache::Column::APartirDe.lte(maintenant))
        .add(tache::Column::Erreur.is_not_null());
    tache::Entity::find()
        .filter(tache::Column::FaiteLe.is_null())
        .filter(tache::Column::AbandonneeLe.is_null())
        .filter(Atelier::Courriels.genres())
        .filter(deja)
}
