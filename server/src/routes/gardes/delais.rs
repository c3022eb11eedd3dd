//! How long an answer may take to begin. What is given up is undone: a change is a transaction.

use crate::routes::formulaires;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::panic::resume_unwind;
use std::time::Duration;
use tokio::time::timeout;
use tracing::Instrument;

/// How long a page may take to be rendered. One of its parts that panicked never answers: nobody waits for it.
const PAGE: Duration = Duration::from_secs(20);

/// How long anything else may take. What is asked of RDV Service Public meanwhile has its own, shorter limits.
const REQUETE: Duration = Duration::from_secs(60);

/// How long files may take to come: a hundred megabytes, from where the network is poor.
const FICHIERS: Duration = Duration::from_secs(15 * 60);

/// Gives up a page that is not rendered in time.
pub async fn des_pages(requete: Request, suite: Next) -> Response {
    page(suite.run(requete)).await
}

/// Gives up whatever else does not answer in time.
pub async fn des_requetes(requete: Request, suite: Next) -> Response {
    let avec_fichiers = formulaires::limite(requete.headers()).is_some();
    let duree = if avec_fichiers { FICHIERS } else { REQUETE };
    dans_le_temps(duree, "requete", suite.run(requete)).await
}

/// A page, unless it is not rendered in time. It is rendered to its end, whether or not the browser still waits for the
/// answer: parts of the page run in tasks of their own, and would read what a page dropped halfway no longer has.
pub async fn page(page: impl Future<Output = Response> + Send + 'static) -> Response {
    match tokio::spawn(dans_le_temps(PAGE, "page", page).in_current_span()).await {
        Ok(page) => page,
        Err(fin) if fin.is_panic() => resume_unwind(fin.into_panic()),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn dans_le_temps(
    duree: Duration,
    quoi: &'static str,
    reponse: impl Future<Output = Response>,
) -> Response {
    timeout(duree, reponse).await.unwrap_or_else(|_| {
        tracing::error!(quoi, "an answer did not come in time");
        metrics::counter!("reponses_abandonnees_total", "quoi" => quoi).increment(1);
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_that_never_comes_is_given_up() {
        let jamais = dans_le_temps(Duration::from_millis(20), "page", std::future::pending());
        assert_eq!(jamais.await.status(), StatusCode::SERVICE_UNAVAILABLE);
        let rendue = page(async { StatusCode::OK.into_response() });
        assert_eq!(rendue.await.status(), StatusCode::OK);
    }
}
