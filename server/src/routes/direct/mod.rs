//! The stream of live events that a page watches.

pub mod aiguillage;
pub mod fenetres;
mod file;

use self::fenetres::Ouverte;
use self::file::{Fin, Suivant};
use super::Etat;
use super::acces::connecte::Connecte;
use super::erreurs::EchecHttp;
use axum::extract::{Query, State};
use axum::http::header::CONNECTION;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Version};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use backend::Echec;
use backend::acces::{autorisations, sessions};
use backend::socle::direct::{self, Annonce};
use domain::Erreur;
use domain::sujet::Sujet;
use futures_util::stream::{self, Stream, StreamExt};
use serde::Deserialize;
use std::convert::Infallible;
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// How many topics a page may watch.
const SUJETS_MAX: usize = 100;

/// After this the browser connects again, and its rights are checked again.
const DUREE: Duration = Duration::from_secs(15 * 60);

/// How long a browser waits before it connects again.
const RECONNEXION: Duration = Duration::from_millis(500);

/// How long one that made place waits.
const PLUS_TARD: Duration = Duration::from_secs(30);

/// Tells a proxy to send each event at once.
const SANS_TAMPON: HeaderName = HeaderName::from_static("x-accel-buffering");

/// What a page asks for.
#[derive(Deserialize)]
pub struct Demande {
    /// Names of topics, separated by commas.
    #[serde(default)]
    sujets: String,
    /// Number of the last event that the page knows of.
    depuis: Option<i64>,
}

/// Streams what happens to the topics asked for, what was missed first.
pub async fn suivre(
    State(etat): State<Etat>,
    qui: Result<Connecte, EchecHttp>,
    version: Version,
    entetes: HeaderMap,
    Query(demande): Query<Demande>,
) -> Response {
    let deja = entetes.get("last-event-id").and_then(|v| v.to_str().ok()?.parse().ok());
    match preparer(&etat, qui, &demande.sujets, deja.or(demande.depuis)).await {
        Ok(flux) => {
            let repete = KeepAlive::new().interval(Duration::from_secs(15));
            let mut reponse = Sse::new(flux).keep_alive(repete).into_response();
            // A proxy that kept events to send several together would keep them for ever.
            reponse.headers_mut().insert(SANS_TAMPON, HeaderValue::from_static("no"));
            if version < Version::HTTP_2 {
                // One that ends gives its connection back with its place.
                reponse.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            reponse
        }
        Err(echec) => echec.statut().into_response(),
    }
}

type Flux = std::pin::Pin<Box<dyn Stream<Item = Result<Event, Infallible>> + Send>>;

async fn preparer(
    etat: &Etat,
    qui: Result<Connecte, EchecHttp>,
    noms: &str,
    depuis: Option<i64>,
) -> Result<Flux, EchecHttp> {
    let Connecte { acteur, jeton } = qui?;
    let db = etat.contexte.base.lire();
    let sujets: Vec<Sujet> =
        noms.split(',').filter_map(|nom| nom.parse().ok()).take(SUJETS_MAX).collect();
    for sujet in &sujets {
        if !autorisations::peut_suivre(db, &acteur, *sujet).await? {
            return Err(Erreur::Introuvable.into());
        }
    }
    // Listening starts before looking back, so that nothing falls between the two.
    let session = sessions::empreinte(&jeton);
    let ouverte = etat.fenetres.ouvrir(acteur.compte, session, sujets.clone());
    let dernier = direct::dernier(db).await.map_err(Echec::from)?;
    let manques = match depuis {
        Some(depuis) => direct::rattraper(db, &sujets, depuis).await.map_err(Echec::from)?,
        None => Vec::new(),
    };
    // After what was missed: its number says « all is known up to here ».
    let bonjour = Event::default()
        .event("bonjour")
        .retry(RECONNEXION)
        .id(dernier.to_string())
        .data(dernier.to_string());
    let debut = manques.into_iter().map(evenement).chain(std::iter::once(bonjour));
    let ecoute = Ecoute { ouverte, arret: etat.arret.clone(), fin: Instant::now() + DUREE };
    let suite = stream::unfold(Some(ecoute), |ecoute| async move { ecoute?.suivants().await });
    let flux = stream::iter(debut).chain(suite.flat_map(stream::iter));
    Ok(Box::pin(flux.map(Ok)))
}

/// A window that listens.
struct Ecoute {
    ouverte: Ouverte,
    /// Cancelled when the process must stop.
    arret: CancellationToken,
    /// When it has lasted long enough.
    fin: Instant,
}

impl Ecoute {
    /// What to send next, and whether to go on after it.
    async fn suivants(self) -> Option<(Vec<Event>, Option<Self>)> {
        let suivant = tokio::select! {
            suivant = self.ouverte.fenetre.file.suivant() => suivant,
            () = tokio::time::sleep_until(self.fin) => return None,
            () = self.arret.cancelled() => return None,
        };
        match suivant {
            Suivant::Annonce(annonce) => Some((vec![evenement(annonce)], Some(self))),
            Suivant::Tout => {
                let sujets = self.ouverte.fenetre.sujets.iter();
                let evenements = sujets.map(|sujet| sans_numero(*sujet)).collect();
                Some((evenements, Some(self)))
            }
            // Its place is taken: it comes back later, and catches up.
            Suivant::Fin(Fin::Place) => Some((vec![Event::default().retry(PLUS_TARD)], None)),
            Suivant::Fin(Fin::Session) => None,
        }
    }
}

fn evenement(annonce: Annonce) -> Event {
    sans_numero(annonce.sujet).id(annonce.id.to_string())
}

fn sans_numero(sujet: Sujet) -> Event {
    Event::default().event("changement").data(sujet.to_string())
}
