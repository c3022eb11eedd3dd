//! Locks. Everywhere they are taken in this order, and those of one kind at once, in the order of their numbers, so
//! that two changes never wait for each other (docs/decisions/2026-11-29-verrous.md):
//!
//! 0. the raccordement, of what is read from another platform;
//! 1. the rendez-vous of the platform, by its name;
//! 2. the démarche, then the groupe;
//! 3. the dossiers;
//! 4. what belongs to a dossier, under the lock of the dossier: nothing to be locked.
//!
//! On SQLite a change is alone: nothing here does anything.

use crate::tables::{avis, demarche, dossier, groupe, lien_compte, raccordement};
use domain::ids::{
    AgendaId, AvisId, DemarcheNumero, DossierNumero, GroupeId, RaccordementId, RdvId,
};
use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait, PrimaryKeyToColumn,
    QueryFilter, QueryOrder, QuerySelect, Select, Statement,
};
use std::collections::BTreeSet;

/// Not `FOR UPDATE`: the key of a row never changes, and whoever refers to it (a foreign key) must not wait, nor be
/// waited for.
const CHANGE: LockType = LockType::NoKeyUpdate;

/// One change at a time for a rendez-vous, known or not yet, whatever the number of processes.
pub(crate) async fn rendez_vous(
    db: &impl ConnectionTrait,
    organisation: AgendaId,
    rdv: RdvId,
) -> Result<(), DbErr> {
    nomme(db, &format!("rdv:{organisation}:{rdv}")).await
}

/// One at a time of what bears this name.
pub(crate) async fn nomme(db: &impl ConnectionTrait, nom: &str) -> Result<(), DbErr> {
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
            [nom.into()],
        ))
        .await?;
    }
    Ok(())
}

/// A démarche: of two people who save at the same time, the second sees what the first saved.
pub(crate) async fn demarche(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
) -> Result<(), DbErr> {
    verrouiller(demarche::Entity::find_by_id(numero), CHANGE).one(db).await.map(|_| ())
}

/// A groupe that may be deleted: no dossier enters it meanwhile.
pub(crate) async fn groupe(db: &impl ConnectionTrait, id: GroupeId) -> Result<(), DbErr> {
    verrouiller(groupe::Entity::find_by_id(id), LockType::Update).one(db).await.map(|_| ())
}

/// A raccordement, as it is once nobody else reads its dossiers.
pub(crate) async fn raccordement(
    db: &impl ConnectionTrait,
    id: RaccordementId,
) -> Result<Option<raccordement::Model>, DbErr> {
    verrouiller(raccordement::Entity::find_by_id(id), CHANGE).one(db).await
}

/// A dossier, as it is once nobody else changes it nor what belongs to it.
pub(crate) async fn dossier(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Option<dossier::Model>, DbErr> {
    verrouiller(dossier::Entity::find_by_id(numero), CHANGE).one(db).await
}

/// Several dossiers; gives how many there are.
pub(crate) async fn dossiers(
    db: &impl ConnectionTrait,
    numeros: &BTreeSet<DossierNumero>,
) -> Result<usize, DbErr> {
    if numeros.is_empty() {
        return Ok(0);
    }
    let choix = dossier::Entity::find()
        .filter(dossier::Column::Numero.is_in(numeros.iter().copied()))
        .order_by_asc(dossier::Column::Numero)
        .select_only()
        .column(dossier::Column::Numero);
    let trouves: Vec<DossierNumero> = verrouiller(choix, CHANGE).into_tuple().all(db).await?;
    Ok(trouves.len())
}

/// A dossier that is about to be deleted, if it is still one of `choix`.
pub(crate) async fn dossier_a_effacer(
    db: &impl ConnectionTrait,
    choix: Select<dossier::Entity>,
) -> Result<Option<dossier::Model>, DbErr> {
    verrouiller(choix, LockType::Update).one(db).await
}

/// An opinion: what its expert sends at the same moment waits.
pub(crate) async fn avis(db: &impl ConnectionTrait, id: AvisId) -> Result<(), DbErr> {
    verrouiller(avis::Entity::find_by_id(id), CHANGE).one(db).await.map(|_| ())
}

/// The links of an address, all of which are about to go.
pub(crate) async fn liens(
    db: &impl ConnectionTrait,
    email: &str,
) -> Result<Vec<lien_compte::Model>, DbErr> {
    let choix = lien_compte::Entity::find()
        .filter(lien_compte::Column::Email.eq(email))
        .order_by_asc(lien_compte::Column::Id);
    verrouiller(choix, LockType::Update).all(db).await
}

#[expect(clippy::disallowed_methods, reason = "the one place where rows are waited for")]
fn verrouiller<E: EntityTrait>(choix: Select<E>, genre: LockType) -> Select<E> {
    choix.lock(genre)
}

/// Takes those that nobody holds, and waits for none.
#[expect(clippy::disallowed_methods, reason = "the one place where rows are taken without waiting")]
pub(crate) fn libres<E: EntityTrait>(choix: Select<E>) -> Select<E> {
    choix.lock_with_behavior(CHANGE, LockBehavior::SkipLocked)
}

/// Deletes the rows that are `perimees`, but for those that somebody holds: they go the next time. What cleans up
/// never waits, and is never waited for.
pub(crate) async fn purger<E: EntityTrait>(
    db: &impl ConnectionTrait,
    perimees: Condition,
) -> Result<u64, DbErr> {
    use sea_orm::{Iterable, QueryTrait};
    let Some(cle) = E::PrimaryKey::iter().next().map(PrimaryKeyToColumn::into_column) else {
        return Ok(0);
    };
    #[expect(clippy::disallowed_methods, reason = "without waiting")]
    let choix = E::find()
        .filter(perimees)
        .select_only()
        .column(cle)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    Ok(E::delete_many().filter(cle.in_subquery(choix.into_query())).exec(db).await?.rows_affected)
}
