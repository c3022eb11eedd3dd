//! Live events: pages learn that what they show has changed.
//!
//! An event is a row written with the change. On PostgreSQL the commit notifies every process; on SQLite
//! the process that committed reads the rows after the last one it read. An event only says « look
//! again », so that hearing one twice is harmless; a page that was away asks for what it missed.

use crate::socle::base::Base;
use crate::socle::lent;
use crate::socle::verrous;
use crate::tables::evenement;
use chrono::{DateTime, Duration as Delai, Utc};
use domain::sujet::Sujet;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::sqlx::postgres::PgListener;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait,
    QueryFilter, QueryOrder, QuerySelect, Statement,
};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::sync::broadcast;

const CANAL: &str = "direct";

/// Numbers are drawn before commits: on PostgreSQL a smaller one may become visible after a larger one.
const MARGE: i64 = 64;

/// How long a page may be away and still catch up by replay.
const CONSERVATION_HEURES: i64 = 24;

/// Something about a topic changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Annonce {
    /// Number of the event.
    pub id: i64,
    /// What changed.
    pub sujet: Sujet,
}

/// Gives the events of all processes to the pages of this one.
#[derive(Debug, Clone)]
pub struct Direct(broadcast::Sender<Annonce>);

impl Default for Direct {
    fn default() -> Self {
        Self(broadcast::Sender::new(4096))
    }
}

impl Direct {
    /// Listens from now on.
    #[must_use]
    pub fn ecouter(&self) -> broadcast::Receiver<Annonce> {
        lent::hors_ecriture();
        self.0.subscribe()
    }

    /// Carries events from the database to the pages, for ever.
    pub async fn relayer(self, base: Base) {
        // Kept across interruptions, so that what was said during one is repeated after it.
        let mut entendu = None;
        loop {
            base.attendre().await;
            let fin = if base.sqlite() {
                self.relayer_sqlite(&base, &mut entendu).await
            } else {
                self.relayer_postgres(&base, &mut entendu).await
            };
            if let Err(erreur) = fin {
                tracing::warn!(%erreur, "live events interrupted, trying again");
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    async fn relayer_sqlite(&self, base: &Base, entendu: &mut Option<i64>) -> Result<(), DbErr> {
        let mut reveil = base.reveil();
        let mut depuis = match *entendu {
            Some(entendu) => entendu,
            None => dernier(base.lire()).await?,
        };
        loop {
            // Another process may write the same file: look now and then even when nothing rings.
            let _ = tokio::time::timeout(Duration::from_millis(500), reveil.changed()).await;
            depuis = self.repeter(base, depuis).await?;
            *entendu = Some(depuis);
        }
    }

    async fn relayer_postgres(&self, base: &Base, entendu: &mut Option<i64>) -> Result<(), DbErr> {
        let connexions = base.lire().get_postgres_connection_pool();
        let echec = |erreur: sea_orm::sqlx::Error| DbErr::Custom(erreur.to_string());
        let mut ecoute = PgListener::connect_with(connexions).await.map_err(echec)?;
        ecoute.listen(CANAL).await.map_err(echec)?;
        let mut dit = match *entendu {
            Some(entendu) => self.repeter(base, entendu - MARGE).await?,
            None => dernier(base.lire()).await?,
        };
        loop {
            *entendu = Some(dit);
            match ecoute.try_recv().await.map_err(echec)? {
                Some(recu) => {
                    if let Some(annonce) = lire_notification(recu.payload()) {
                        dit = dit.max(annonce.id);
                        let _ = self.0.send(annonce);
                    }
                }
                // The connection was lost and made again: nobody kept for us what was said meanwhile.
                None => dit = dit.max(self.repeter(base, dit - MARGE).await?),
            }
        }
    }

    /// Gives all events after `depuis` to the pages; gives the number of the last one.
    async fn repeter(&self, base: &Base, depuis: i64) -> Result<i64, DbErr> {
        let nouveaux = evenement::Entity::find()
            .filter(evenement::Column::Id.gt(depuis))
            .order_by_asc(evenement::Column::Id)
            .all(base.lire())
            .await?;
        for annonce in nouveaux.iter().filter_map(annonce) {
            // Nobody listening is no failure.
            let _ = self.0.send(annonce);
        }
        Ok(nouveaux.last().map_or(depuis, |ligne| ligne.id))
    }
}

fn annonce(ligne: &evenement::Model) -> Option<Annonce> {
    Some(Annonce { id: ligne.id, sujet: ligne.sujet.parse().ok()? })
}

fn lire_notification(texte: &str) -> Option<Annonce> {
    let (id, sujet) = texte.split_once(' ')?;
    Some(Annonce { id: id.parse().ok()?, sujet: sujet.parse().ok()? })
}

/// Announces that `sujets` change, as part of the change under way on `db`.
///
/// # Errors
/// The database failed.
pub async fn annoncer(
    db: &impl ConnectionTrait,
    sujets: &[Sujet],
    maintenant: DateTime<Utc>,
) -> Result<(), DbErr> {
    let sujets: BTreeSet<Sujet> = sujets.iter().copied().collect();
    for sujet in sujets {
        let ligne = evenement::ActiveModel {
            sujet: Set(sujet.to_string()),
            le: Set(maintenant),
            ..Default::default()
        };
        let id = evenement::Entity::insert(ligne).exec(db).await?.last_insert_id;
        if db.get_database_backend() == DbBackend::Postgres {
            let texte = format!("{id} {sujet}");
            db.execute_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT pg_notify($1, $2)",
                [CANAL.into(), texte.into()],
            ))
            .await?;
        }
    }
    Ok(())
}

/// Number of the last event, 0 when there is none: a page rendered after reading it watches from there.
///
/// # Errors
/// The database failed.
pub async fn dernier(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let id: Option<Option<i64>> = evenement::Entity::find()
        .select_only()
        .column_as(evenement::Column::Id.max(), "id")
        .into_tuple()
        .one(db)
        .await?;
    Ok(id.flatten().unwrap_or(0))
}

/// The same, to be read with something else: at once, hence before all that is read after it.
pub(crate) fn le_dernier() -> SelectStatement {
    Query::select().expr(evenement::Column::Id.max()).from(evenement::Entity).to_owned()
}

/// What changed about `sujets` since the event `depuis`. When that is too old to tell, all of them.
///
/// # Errors
/// The database failed.
pub async fn rattraper(
    db: &impl ConnectionTrait,
    sujets: &[Sujet],
    depuis: i64,
) -> Result<Vec<Annonce>, DbErr> {
    let premier: Option<Option<i64>> = evenement::Entity::find()
        .select_only()
        .column_as(evenement::Column::Id.min(), "id")
        .into_tuple()
        .one(db)
        .await?;
    let dernier = dernier(db).await?;
    if depuis < premier.flatten().unwrap_or(1) - 1 || depuis > dernier {
        return Ok(sujets.iter().map(|sujet| Annonce { id: dernier, sujet: *sujet }).collect());
    }
    let marge = if db.get_database_backend() == DbBackend::Postgres { MARGE } else { 0 };
    let lignes = evenement::Entity::find()
        .filter(evenement::Column::Id.gt(depuis - marge))
        .filter(evenement::Column::Sujet.is_in(sujets.iter().map(ToString::to_string)))
        .order_by_asc(evenement::Column::Id)
        .all(db)
        .await?;
    Ok(lignes.iter().filter_map(annonce).collect())
}

/// Forgets the events that nobody can ask for any more.
///
/// # Errors
/// The database failed.
pub async fn purger(db: &impl ConnectionTrait, maintenant: DateTime<Utc>) -> Result<(), DbErr> {
    // The last one stays: it tells how far the numbers have gone.
    let dernier = dernier(db).await?;
    let anciens = Condition::all()
        .add(evenement::Column::Le.lt(maintenant - Delai::hours(CONSERVATION_HEURES)))
        .add(evenement::Column::Id.lt(dernier));
    verrous::purger::<evenement::Entity>(db, anciens).await?;
    Ok(())
}
