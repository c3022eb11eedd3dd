//! The database: one way to read, one way to write.

use crate::socle::erreur::Echec;
use crate::socle::lent::Tenue;
use sea_orm::sea_query::{Alias, Asterisk, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, ExecResult, QueryResult, SqliteTransactionMode, SqlxPostgresConnector, Statement,
    TransactionOptions, TransactionTrait, metric,
};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

pub use ouverture::Inaccessible;
pub use schema::EchecSchema;

mod insistance;
mod ouverture;
pub mod schema;
mod veille;

/// How long a request waits for a connection to PostgreSQL, which may have gone away: those who wait for a page are told
/// within three seconds.
const ATTENTE: Duration = Duration::from_secs(2);

/// The same for SQLite, a file that is always there: only a busy machine makes one wait, and waiting is all that helps.
/// As long as for the lock of the file.
const ATTENTE_SQLITE: Duration = Duration::from_secs(10);

/// A connection that was used more recently is not asked whether it lives: a page has several statements, and each would
/// wait for the answer.
const REPOS: Duration = Duration::from_secs(1);

/// How long changes under way may take when the process stops.
const FERMETURE: Duration = Duration::from_secs(4);

/// Connections, and the bell that wakes the workers after a commit.
#[derive(Debug, Clone)]
pub struct Base {
    connexions: DatabaseConnection,
    /// Closed: given in their place while the database does not answer, so that nobody waits for it.
    fermees: DatabaseConnection,
    /// How to reach PostgreSQL.
    options: Option<Arc<PgConnectOptions>>,
    repond: watch::Sender<bool>,
    /// On SQLite one change at a time: waiting here is fair, waiting for its lock file is not.
    tour: Option<Arc<Mutex<()>>>,
    reveil: watch::Sender<u64>,
}

/// For how long, and how often, a file of SQLite that is said to be locked is opened again. Of those that open an empty one at
/// the same moment one sets its mode, and SQLite does not wait for that. One that it waited for is not asked again.
const OUVERTURE: Duration = Duration::from_secs(2);
const ENTRE_OUVERTURES: Duration = Duration::from_millis(100);

async fn connecter(url: &str) -> Result<DatabaseConnection, DbErr> {
    let debut = Instant::now();
    let encore = || debut.elapsed() < OUVERTURE;
    quand_libre(ENTRE_OUVERTURES, encore, async || Database::connect(reglages(url)).await).await
}

/// What `geste` gives, tried again after each `pause` as long as SQLite says that another process has its lock, and
/// `encore` that it is worth it.
async fn quand_libre<T>(
    pause: Duration,
    mut encore: impl FnMut() -> bool,
    geste: impl AsyncFn() -> Result<T, DbErr>,
) -> Result<T, DbErr> {
    loop {
        match geste().await {
            Err(erreur) if Inaccessible::de(&erreur) == Inaccessible::Verrouillee && encore() => {
                tokio::time::sleep(pause).await;
            }
            autre => return autre,
        }
    }
}

impl Base {
    /// Connects. `url`: `sqlite://file?mode=rwc` or `postgres://…`.
    ///
    /// # Errors
    /// The database can't be reached or opened.
    pub async fn ouvrir(url: &str) -> Result<Self, Inaccessible> {
        let illisible = |_| Inaccessible::Autre("l'adresse ne se lit pas".to_owned());
        let options = if url.starts_with("postgres") {
            Some(Arc::new(url.parse::<PgConnectOptions>().map_err(illisible)?))
        } else {
            None
        };
        let connexions = match connecter(url).await {
            Ok(mut connexions) => {
                connexions.set_metric_callback(tracer);
                connexions
            }
            Err(erreur) => {
                let cause = match &options {
                    Some(options) => ouverture::cause(options).await,
                    None => None,
                };
                return Err(cause.unwrap_or_else(|| Inaccessible::de(&erreur)));
            }
        };
        let fermees = match &options {
            Some(options) => {
                let aucune =
                    PgPoolOptions::new().connect_lazy_with(PgConnectOptions::clone(options));
                aucune.close().await;
                SqlxPostgresConnector::from_sqlx_postgres_pool(aucune)
            }
            None => connexions.clone(),
        };
        Ok(Self {
            connexions,
            fermees,
            tour: options.is_none().then(Arc::default),
            options,
            repond: watch::Sender::new(true),
            reveil: watch::Sender::new(0),
        })
    }

    /// To read. Fails at once while the database is known not to answer.
    #[must_use]
    pub fn lire(&self) -> &DatabaseConnection {
        if self.repond() { &self.connexions } else { &self.fermees }
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
        let transaction = self.lire().begin_with_options(options).await?;
        let tenue = Tenue::commencer();
        Ok(Ecriture { transaction, reveil: self.reveil.clone(), tenue, _tour: tour })
    }

    /// Whether it is SQLite.
    #[must_use]
    pub fn sqlite(&self) -> bool {
        self.tour.is_some()
    }

    /// Closes the connections, after the changes under way. SQLite's file then holds everything: its journal, a file
    /// beside it, is put back into it.
    pub async fn fermer(&self) {
        let fermer = async {
            let _tour = match &self.tour {
                Some(tour) => Some(tour.lock().await),
                None => None,
            };
            if self.sqlite() {
                // What can be put back is, without waiting for whoever still reads; the last one to leave does the rest.
                self.connexions.execute_unprepared("PRAGMA wal_checkpoint(PASSIVE)").await?;
            }
            self.connexions.close_by_ref().await
        };
        match tokio::time::timeout(FERMETURE, fermer).await {
            Ok(Ok(())) => {}
            Ok(Err(erreur)) => tracing::warn!(%erreur, "the database could not be closed"),
            Err(_) => tracing::warn!("the database was still at work when the process stopped"),
        }
    }

    /// Changes after each commit of this process.
    #[must_use]
    pub fn reveil(&self) -> watch::Receiver<u64> {
        self.reveil.subscribe()
    }
}

/// Has each statement in the traces, without its values: nothing in them is of a person.
fn tracer(info: &metric::Info<'_>) {
    let (sql, duree) = (info.statement.sql.as_str(), info.elapsed);
    tracing::trace!(target: "base::requetes", ?duree, echec = info.failed, "{sql}");
}

fn reglages(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url.to_owned());
    let attente = if url.starts_with("postgres") { ATTENTE } else { ATTENTE_SQLITE };
    options
        .max_connections(16)
        .acquire_timeout(attente)
        .test_before_acquire_if_idle_for(REPOS)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|options| {
            use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
            options
                .journal_mode(SqliteJournalMode::Wal)
                // A power cut must not lose what was answered « 204 ».
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(ATTENTE_SQLITE)
                .foreign_keys(true)
        });
    options
}

/// A change under way.
#[derive(Debug)]
pub struct Ecriture {
    transaction: DatabaseTransaction,
    reveil: watch::Sender<u64>,
    tenue: Tenue,
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
        self.tenue.suivre();
        self.transaction.execute_raw(stmt).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.tenue.suivre();
        self.transaction.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, stmt: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.tenue.suivre();
        self.transaction.query_one_raw(stmt).await
    }

    async fn query_all_raw(&self, stmt: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.tenue.suivre();
        self.transaction.query_all_raw(stmt).await
    }
}

/// How many rows a request gives, unless there are more than `max`.
pub(crate) async fn compter(
    db: &impl ConnectionTrait,
    mut requete: SelectStatement,
    max: u64,
) -> Result<Option<u64>, Echec> {
    let requete = Query::select()
        .expr(Expr::col(Asterisk).count())
        .from_subquery(requete.limit(max + 1).take(), Alias::new("choisis"))
        .to_owned();
    let combien: i64 = match db.query_one(&requete).await? {
        Some(ligne) => ligne.try_get_by_index(0)?,
        None => 0,
    };
    Ok(u64::try_from(combien).ok().filter(|combien| *combien <= max))
}
