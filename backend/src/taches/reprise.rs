//! Tasks that are tried again before their hour, or after they were given up.

use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::tache;
use chrono::{DateTime, Utc};
use domain::ids::DemarcheNumero;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QuerySelect, QueryTrait, Select,
};

/// Those of `choisies` that failed, and wait for another try.
pub(crate) fn en_attente(choisies: Condition) -> Select<tache::Entity> {
    tache::Entity::find()
        .filter(tache::Column::FaiteLe.is_null())
        .filter(tache::Column::AbandonneeLe.is_null())
        .filter(tache::Column::Erreur.is_not_null())
        .filter(choisies)
}

/// Those of `choisies` that were given up.
pub(crate) fn abandonnees(choisies: Condition) -> Select<tache::Entity> {
    tache::Entity::find()
        .filter(tache::Column::FaiteLe.is_null())
        .filter(tache::Column::AbandonneeLe.is_not_null())
        .filter(choisies)
}

/// How many tasks of a démarche were given up.
pub(crate) async fn combien_d_abandonnees(
    db: &impl ConnectionTrait,
    demarche: DemarcheNumero,
) -> Result<u64, Echec> {
    Ok(abandonnees(de(demarche)).count(db).await?)
}

/// Those of a démarche.
pub(crate) fn de(demarche: DemarcheNumero) -> Condition {
    Condition::all().add(tache::Column::Demarche.eq(demarche))
}

/// Those of `choisies` that failed are tried now. One that is in hand at this moment is left alone.
pub(crate) async fn avancer(
    db: &impl ConnectionTrait,
    choisies: Condition,
    maintenant: DateTime<Utc>,
) -> Result<u64, Echec> {
    let change = tache::ActiveModel { a_partir_de: Set(maintenant), ..Default::default() };
    changer(db, en_attente(choisies), change).await
}

/// Those of `choisies` that were given up are to be done again.
pub(crate) async fn reprendre(
    db: &impl ConnectionTrait,
    choisies: Condition,
    maintenant: DateTime<Utc>,
) -> Result<u64, Echec> {
    let change = tache::ActiveModel {
        abandonnee_le: Set(None),
        raison: Set(None),
        essais: Set(0),
        refus: Set(0),
        a_partir_de: Set(maintenant),
        ..Default::default()
    };
    changer(db, abandonnees(choisies), change).await
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
