//! How an S3-compatible store is spoken to: by the HTTP client that this program has already, whose certificates are those
//! of the system.

use async_trait::async_trait;
use http_body_util::{BodyExt, Limited};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse,
    HttpResponseBody, HttpService,
};
use object_store::{BackoffConfig, ClientOptions, Error as Refus, RetryConfig};
use reqwest::{Body, Client, Proxy, Request, redirect};
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// How long a store may take to answer whole.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long an exchange is begun again after the store failed.
const REPRISES: Duration = Duration::from_secs(20);

/// More than any content of ours, sealed, or any error of a store, in octets.
const REPONSE_MAX: usize = 32 * 1024 * 1024;

/// Where a store is, and how this program is known to it.
#[derive(Clone, PartialEq, Eq)]
pub struct ReglageS3 {
    /// Its address: `https://…`
    pub adresse: String,
    /// The bucket, which is there.
    pub seau: String,
    /// The region that requests are signed for.
    pub region: String,
    /// The name of the key.
    pub cle: String,
    /// The key.
    pub secret: String,
}

impl fmt::Debug for ReglageS3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The secret may reach no log.
        write!(f, "ReglageS3({} {})", self.adresse, self.seau)
    }
}

/// `mandataire`: by which requests in https leave.
pub(super) fn ouvrir(reglage: &ReglageS3, mandataire: Option<Proxy>) -> Result<AmazonS3, Refus> {
    AmazonS3Builder::new()
        .with_endpoint(&reglage.adresse)
        .with_allow_http(reglage.adresse.starts_with("http://"))
        // The name of the bucket is in the path: every compatible store knows that form.
        .with_virtual_hosted_style_request(false)
        .with_bucket_name(&reglage.seau)
        .with_region(&reglage.region)
        .with_access_key_id(&reglage.cle)
        .with_secret_access_key(&reglage.secret)
        .with_retry(RetryConfig {
            backoff: BackoffConfig::default(),
            max_retries: 4,
            retry_timeout: REPRISES,
        })
        .with_http_connector(Liaison(mandataire))
        .build()
}

/// Makes clients, which leave by that proxy.
#[derive(Debug)]
struct Liaison(Option<Proxy>);

impl HttpConnector for Liaison {
    fn connect(&self, _: &ClientOptions) -> Result<HttpClient, Refus> {
        let mut client =
            Client::builder().no_proxy().redirect(redirect::Policy::none()).timeout(PATIENCE);
        if let Some(mandataire) = &self.0 {
            client = client.proxy(mandataire.clone());
        }
        let client = client
            .build()
            .map_err(|erreur| Refus::Generic { store: "S3", source: Box::new(erreur) })?;
        Ok(HttpClient::new(Service(client)))
    }
}

#[derive(Debug)]
struct Service(Client);

#[async_trait]
impl HttpService for Service {
    async fn call(&self, requete: HttpRequest) -> Result<HttpResponse, HttpError> {
        let requete = Request::try_from(requete.map(Body::wrap)).map_err(refus)?;
        let mut reponse = self.0.execute(requete).await.map_err(refus)?;
        let mut rendue = http::Response::new(());
        *rendue.status_mut() = reponse.status();
        *rendue.headers_mut() = std::mem::take(reponse.headers_mut());
        let corps = Limited::new(Body::from(reponse), REPONSE_MAX).map_err(coupe);
        Ok(rendue.map(|()| HttpResponseBody::new(corps)))
    }
}

/// What is answered ends too soon, or is larger than anything that was put there.
fn coupe(erreur: Box<dyn Error + Send + Sync>) -> HttpError {
    match erreur.downcast::<reqwest::Error>() {
        Ok(erreur) => refus(*erreur),
        Err(_) => HttpError::new(HttpErrorKind::Decode, TropLongue),
    }
}

/// What is answered is larger than anything that was put there.
#[derive(Debug, thiserror::Error)]
#[error("the answer is too long")]
struct TropLongue;

fn refus(erreur: reqwest::Error) -> HttpError {
    let genre = if erreur.is_timeout() {
        HttpErrorKind::Timeout
    } else if erreur.is_connect() {
        HttpErrorKind::Connect
    } else if erreur.is_request() || erreur.is_body() {
        HttpErrorKind::Interrupted
    } else {
        HttpErrorKind::Unknown
    };
    HttpError::new(genre, erreur.without_url())
}
