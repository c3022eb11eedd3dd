//! The database: one way to read, one way to write.

use crate::erreur::Echec;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, ExecResult, QueryResult, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait,
};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

/// Connections, and the bell that wakes the workers after a commit.
#[derive(Debug, Clone)]
pub struct Base {
    connexions: DatabaseConnection,
    /// On SQLite one change at a time: waiting here is fair, waiting for its lock file is not.
    tour: Option<Arc<Mutex<()>>>,
    reveil: watch::Sender<u64>,
}

impl Base {
    /// Connects. `url`: `sqlite://file?mode=rwc` or `postgres://…`.
    ///
    /// # Errors
    /// The database can't be reached or opened.
    pub async fn ouvrir(url: &str) -> Result<Self, DbErr> {
        let mut options = ConnectOptions::new(url.to_owned());
        options
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(10))
            .sqlx_logging(false)
            .map_sqlx_sqlite_opts(|options| {
                use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
                options
                    .journal_mode(SqliteJournalMode::Wal)
                    // A power cut must not lose what was answered « 204 ».
                    .synchronous(SqliteSynchronous::Full)
                    .busy_timeout(Duration::from_secs(10))
                    .foreign_keys(true)
            });
        let connexions = Database::connect(options).await?;
        let sqlite = connexions.get_database_backend() == DbBackend::Sqlite;
        Ok(Self { connexions, tour: sqlite.then(Arc::default), reveil: watch::Sender::new(0) })
    }

    /// To read.
    #[must_use]
    pub const fn lire(&self) -> &DatabaseConnection {
        &self.connexions
    }

    /// Begins a change. Dropped without [`Ecriture::valider`], it leaves nothing.
    ///
    /// On SQLite the lock for writing is taken at once: taken later, after a read, it could be refused.
    ///
    /// # Errors
    /// No connection could be had.
    pub async fn ecrire(&self) -> Result<Ecriture, Echec> {
        let tour = match &self.tour {
            Some(tour) => Some(Arc::clone(tour).lock_owned().await),
            None => None,
        };
        let options = TransactionOptions {
            sqlite_transaction_mode: self.sqlite().then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.connexions.begin_with_options(options).await?;
        Ok(Ecriture { transaction, reveil: self.reveil.clone(), _tour: tour })
    }

    /// Whether it is SQLite.
    #[must_use]
    pub fn sqlite(&self) -> bool {
        self.tour.is_some()
    }

    /// Changes after each commit of this process.
    #[must_use]
    pub fn reveil(&self) -> watch::Receiver<u64> {
        self.reveil.subscribe()
    }
}

/// A change under way.
#[derive(Debug)]
pub struct Ecriture {
    transaction: DatabaseTransaction,
    reveil: watch::Sender<u64>,
    _tour: Option<OwnedMutexGuard<()>>,
}

impl Ecriture {
    /// Commits, then wakes the workers.
    ///
    /// # Errors
    /// The database refused; nothing was changed.
    pub async fn valider(self) -> Result<(), Echec> {
        self.transaction.commit().await?;
        self.reveil.send_modify(|commits| *commits = commits.wrapping_add(1));
        Ok(())
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Ecriture {
    fn get_database_backend(&self) -> DbBackend {
        self.transaction.get_database_backend()
    }

    async fn execute_raw(&self, stmt: Statement) -> Result<ExecResult, DbErr> {
        self.transaction.execute_raw(stmt).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.transaction.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, stmt: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.transaction.query_one_raw(stmt).await
    }

    async fn query_all_raw(&self, stmt: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.transaction.query_all_raw(stmt).await
    }
}
