//! The schema: brought up to date by one process at a time, whatever the number that start together.

use super::ouverture::Inaccessible;
use super::{Base, quand_libre};
use chrono::{DateTime, Utc};
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    IntoDatabaseExecutor, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use std::time::Duration;

/// The advisory lock of the migrations: any number that nobody else uses in the same database.
const VERROU: i64 = 0x7264_765f_6d69_6772;

/// How often a process that waits for its turn on SQLite asks again, beside SQLite's own patience.
const ENCORE: Duration = Duration::from_millis(200);

/// How many times it asks: some minutes.
const ESSAIS: u32 = 60;

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum EchecSchema {
    /// The database was migrated by a later program.
    #[error(
        "le schéma est plus récent que ce programme (migration « {0} ») : installez la version qui l'a migré, ou \
         restaurez une sauvegarde d'avant"
    )]
    PlusRecent(String),
    /// A migration failed; those before it are made, it left nothing.
    #[error("la migration « {nom} » a échoué ({cause})")]
    Migration {
        /// Which one.
        nom: String,
        /// Why.
        cause: DbErr,
    },
    /// The database itself failed.
    #[error("{}", Inaccessible::de(.0))]
    Base(#[from] DbErr),
}

/// The migrations that a database says it had, in order; none when it is empty.
///
/// # Errors
/// The database failed.
pub async fn faites(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let genre = db.get_database_backend();
    let la = match genre {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE name = 'seaql_migrations'",
        _ => {
            "SELECT tablename FROM pg_tables WHERE tablename = 'seaql_migrations' \
             AND schemaname = current_schema()"
        }
    };
    if db.query_one_raw(Statement::from_string(genre, la)).await?.is_none() {
        return Ok(Vec::new());
    }
    let lire = "SELECT version FROM seaql_migrations ORDER BY version";
    let lignes = db.query_all_raw(Statement::from_string(genre, lire)).await?;
    lignes.iter().map(|ligne| ligne.try_get_by_index(0)).collect()
}

/// The one of `faites` that this program does not know.
#[must_use]
pub fn inconnue(faites: &[String]) -> Option<&str> {
    let connues = Migrator::migrations();
    let inconnue = |nom: &&String| !connues.iter().any(|migration| migration.name() == **nom);
    faites.iter().find(inconnue).map(String::as_str)
}

/// Those that this program would make after `faites`.
#[must_use]
pub fn attendues(faites: &[String]) -> Vec<String> {
    let noms = Migrator::migrations().into_iter().map(|migration| migration.name().to_owned());
    noms.filter(|nom| !faites.contains(nom)).collect()
}

impl Base {
    /// Brings the schema up to date; gives how many migrations were made.
    ///
    /// On PostgreSQL the others wait for an advisory lock; on SQLite, for the lock of one transaction, which holds all
    /// migrations.
    ///
    /// # Errors
    /// [`EchecSchema`].
    pub async fn mettre_a_jour(&self) -> Result<usize, EchecSchema> {
        let db = &self.connexions;
        if self.sqlite() {
            let tx = commencer(db).await?;
            let faites = appliquer(&tx).await?;
            // A file that can only be read gives its lock all the same: writing alone, be it nothing, tells.
            tx.execute_unprepared("DELETE FROM seaql_migrations WHERE version = ''").await?;
            tx.commit().await?;
            return Ok(faites);
        }
        // Held by a transaction, so that it goes with this process whatever happens to it.
        let verrou = db.begin().await?;
        if !essayer(&verrou).await? {
            tracing::info!("another process brings the schema up to date: waiting for it");
            verrou.execute_raw(sql("SELECT pg_advisory_xact_lock($1)")).await?;
        }
        let faites = appliquer(db).await;
        verrou.rollback().await?;
        faites
    }
}

impl Base {
    /// When the schema last changed.
    ///
    /// # Errors
    /// The database failed.
    pub async fn mise_a_jour_le(&self) -> Result<DateTime<Utc>, DbErr> {
        let faites = Migrator::get_migration_models(&self.connexions).await?;
        let derniere = faites.iter().map(|faite| faite.applied_at).max().unwrap_or_default();
        Ok(DateTime::from_timestamp(derniere, 0).unwrap_or_default())
    }
}

fn sql(requete: &str) -> Statement {
    Statement::from_sql_and_values(DbBackend::Postgres, requete, [VERROU.into()])
}

async fn essayer(verrou: &DatabaseTransaction) -> Result<bool, DbErr> {
    let ligne = verrou.query_one_raw(sql("SELECT pg_try_advisory_xact_lock($1) AS pris")).await?;
    ligne.map_or(Ok(false), |ligne| ligne.try_get("", "pris"))
}

/// Takes SQLite's lock for writing, as soon as nobody else has it.
async fn commencer(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let mut essais = 0..ESSAIS;
    let encore = || essais.next().is_some();
    let prendre = async || {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        db.begin_with_options(options).await
    };
    quand_libre(ENCORE, encore, prendre).await
}

async fn appliquer<'c, C>(db: &'c C) -> Result<usize, EchecSchema>
where
    C: ConnectionTrait,
    &'c C: IntoDatabaseExecutor<'c>,
{
    let connues = Migrator::migrations();
    let faites = Migrator::get_migration_models(db).await?;
    let inconnue = |nom: &str| !connues.iter().any(|migration| migration.name() == nom);
    if let Some(future) = faites.iter().map(|faite| &faite.version).find(|nom| inconnue(nom)) {
        return Err(EchecSchema::PlusRecent(future.clone()));
    }
    let attendues = Migrator::get_pending_migrations(db).await?;
    for migration in &attendues {
        Migrator::up(db, Some(1))
            .await
            .map_err(|cause| EchecSchema::Migration { nom: migration.name().to_owned(), cause })?;
    }
    Ok(attendues.len())
}
