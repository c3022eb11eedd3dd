//! The schema: brought up to date by one process at a time, whatever the number that start together.
//!
//! One that a later version brought further is served as it is, as long as that version only added to it: while a new
//! version is put in place, a process of the one before may have to start again. A migration that takes something away
//! says so in its name, with the first version that does without: that is all an older program knows of it.

use super::ouverture::Inaccessible;
use super::{Base, quand_libre};
use chrono::{DateTime, Utc};
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    IntoDatabaseExecutor, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use std::fmt;
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
    /// A later program took away what this one needs.
    #[error(
        "le schéma est plus récent que ce programme : la migration « {nom} » en a retiré ce dont il se sert ; installez \
         la version {version} ou une plus récente, ou restaurez une sauvegarde d'avant"
    )]
    Retire {
        /// Which migration.
        nom: String,
        /// The first version that does without.
        version: Version,
    },
    /// The database was migrated by another program, whose migrations are not those of this one and more.
    #[error(
        "le schéma est plus récent que ce programme, et n'a pas toutes ses migrations (« {0} » lui est inconnue) : \
         installez la version qui l'a migré, ou restaurez une sauvegarde d'avant"
    )]
    Autre(String),
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

/// A version of this program: its first two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u32, pub u32);

impl Version {
    /// That of this program.
    #[must_use]
    pub fn courante() -> Self {
        let lire = |numero: &str| numero.parse().unwrap_or_default();
        Self(lire(env!("CARGO_PKG_VERSION_MAJOR")), lire(env!("CARGO_PKG_VERSION_MINOR")))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

/// What the name of a migration says that takes something away (`m0060_retrait_0_3_notes`): the first version that does
/// without. Any other migration only adds.
#[must_use]
pub fn retrait(nom: &str) -> Option<Version> {
    let (_, suite) = nom.split_once("_retrait_")?;
    let mut numeros = suite.split('_').map(str::parse);
    match (numeros.next()?, numeros.next()?) {
        (Ok(majeur), Ok(mineur)) => Some(Version(majeur, mineur)),
        _ => None,
    }
}

/// The one of `faites` that took away what this program needs.
#[must_use]
pub fn obstacle(faites: &[String]) -> Option<(&str, Version)> {
    let inconnues = inconnues(faites);
    let mut retraits = inconnues.filter_map(|nom| retrait(nom).map(|version| (nom, version)));
    retraits.find(|(_, version)| *version > Version::courante())
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

fn inconnues(faites: &[String]) -> impl Iterator<Item = &str> {
    let connues = Migrator::migrations();
    let inconnue = move |nom: &&str| !connues.iter().any(|migration| migration.name() == *nom);
    faites.iter().map(String::as_str).filter(inconnue)
}

/// The last one of `faites` that this program does not know.
#[must_use]
pub fn inconnue(faites: &[String]) -> Option<&str> {
    inconnues(faites).last()
}

/// Those that this program would make after `faites`.
#[must_use]
pub fn attendues(faites: &[String]) -> Vec<String> {
    let noms = Migrator::migrations().into_iter().map(|migration| migration.name().to_owned());
    noms.filter(|nom| !faites.contains(nom)).collect()
}

impl Base {
    /// Brings the schema up to date; gives how many migrations were made. One that a later version added to is left as it
    /// is.
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
    let faites = Migrator::get_migration_models(db).await?;
    let faites: Vec<String> = faites.into_iter().map(|faite| faite.version).collect();
    if let Some(nom) = inconnue(&faites) {
        servable(&faites, nom)?;
        tracing::warn!(
            migration = nom,
            "a later version added to the schema: this program serves it as it is, and migrates nothing"
        );
        return Ok(0);
    }
    let attendues = Migrator::get_pending_migrations(db).await?;
    for migration in &attendues {
        Migrator::up(db, Some(1))
            .await
            .map_err(|cause| EchecSchema::Migration { nom: migration.name().to_owned(), cause })?;
    }
    Ok(attendues.len())
}

/// Whether this program may serve a schema that was brought further, up to `derniere`.
fn servable(faites: &[String], derniere: &str) -> Result<(), EchecSchema> {
    if let Some((nom, version)) = obstacle(faites) {
        return Err(EchecSchema::Retire { nom: nom.to_owned(), version });
    }
    if attendues(faites).is_empty() { Ok(()) } else { Err(EchecSchema::Autre(derniere.to_owned())) }
}
