//! Whether the database answers, so that nobody waits for one that does not.
//!
//! A connection of its own asks PostgreSQL every second. As soon as it is known not to answer, what reads or writes
//! fails at once ([`super::Base::lire`] gives connections that are closed), workers wait
//! ([`super::Base::attendre`]), and the cause is logged, once. SQLite is a file: it is always there.

use super::Base;
use super::ouverture::Inaccessible;
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::{self, Connection, PgConnection};
use std::time::Duration;

/// Between two questions.
const PERIODE: Duration = Duration::from_secs(1);

/// How long an answer may take: longer than a busy server needs.
const LIMITE: Duration = Duration::from_millis(1_500);

impl Base {
    /// Asks the database whether it is there, for ever. There is nothing to ask of a file, and whoever works for ever is
    /// not expected to end.
    pub async fn veiller(self) {
        let Some(options) = self.options.clone() else { return std::future::pending().await };
        let mut connexion = None;
        loop {
            let resultat = sonder(&options, &mut connexion).await;
            self.noter(resultat.err());
            tokio::time::sleep(PERIODE).await;
        }
    }

    fn noter(&self, cause: Option<Inaccessible>) {
        metrics::gauge!("base_repond").set(if cause.is_none() { 1.0 } else { 0.0 });
        let change = self.repond.send_if_modified(|repond| {
            std::mem::replace(repond, cause.is_none()) != cause.is_none()
        });
        match cause {
            _ if !change => {}
            Some(cause) => tracing::error!(%cause, "the database does not answer"),
            None => tracing::info!("the database answers again"),
        }
    }

    /// Whether the database answered when it was last asked.
    #[must_use]
    pub fn repond(&self) -> bool {
        *self.repond.borrow()
    }

    /// Returns when the database answers.
    pub async fn attendre(&self) {
        // The sender is here: it can't be gone.
        let _ = self.repond.subscribe().wait_for(|repond| *repond).await;
    }
}

/// Asks by the same connection as long as it lives: that it was lost alone says nothing, another one tells.
async fn sonder(
    options: &PgConnectOptions,
    connexion: &mut Option<PgConnection>,
) -> Result<(), Inaccessible> {
    if let Some(mut ouverte) = connexion.take()
        && limiter(ouverte.ping()).await.is_ok()
    {
        *connexion = Some(ouverte);
        return Ok(());
    }
    match limiter(PgConnection::connect_with(options)).await {
        Ok(neuve) => *connexion = Some(neuve),
        // It answers: those that are connected go on.
        Err(Inaccessible::Complet) => {}
        Err(cause) => return Err(cause),
    }
    Ok(())
}

async fn limiter<T>(
    question: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, Inaccessible> {
    match tokio::time::timeout(LIMITE, question).await {
        Ok(reponse) => reponse.map_err(|erreur| Inaccessible::de_sqlx(&erreur)),
        Err(_) => Err(Inaccessible::Silence),
    }
}
