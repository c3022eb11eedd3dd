//! The stream of live events that a page watches.

pub mod veilles;

use super::Etat;
use super::acces::connecte::Connecte;
use super::erreurs::EchecHttp;
use axum::extract::{Query, State};
use axum::http::header::CONNECTION;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Version};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use backend::Echec;
use backend::acces::autorisations;
use backend::socle::base::Base;
use backend::socle::direct::{self, Annonce};
use domain::Erreur;
use domain::role::Acteur;
use domain::sujet::Sujet;
use futures_util::future;
use futures_util::stream::{self, Stream, StreamExt};
use serde::Deserialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::wrappers::errors::BroadcastStreamRecvError;

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
    let Connecte { acteur, .. } = qui?;
    let contexte = &etat.contexte;
    let db = contexte.base.lire();
    let sujets: Vec<Sujet> =
        noms.split(',').filter_map(|nom| nom.parse().ok()).take(SUJETS_MAX).collect();
    for sujet in &sujets {
        if !autorisations::peut_suivre(db, &acteur, *sujet).await? {
            return Err(Erreur::Introuvable.into());
        }
    }
    let place = etat.veilles.ouvrir(acteur.compte);
    // Listening starts before looking back, so that nothing falls between the two.
    let ecoute = contexte.direct.ecouter();
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
    let debut = stream::iter(manques.into_iter().map(evenement).chain(std::iter::once(bonjour)));
    let veille = Arc::new(Veille { base: contexte.base.clone(), acteur, sujets });
    let suite = BroadcastStream::new(ecoute)
        .then(move |recu| {
            let veille = Arc::clone(&veille);
            async move { stream::iter(veille.entendre(recu).await) }
        })
        .flatten();
    let arret = etat.arret.clone();
    let conge = place.conge.clone();
    let fin = Box::pin(async move {
        tokio::select! {
            () = tokio::time::sleep(DUREE) => {}
            () = arret.cancelled() => {}
            () = conge.cancelled() => {}
        }
    });
    let adieu = stream::once(async move {
        // Its place is taken: it comes back later, and catches up.
        place.conge.is_cancelled().then(|| Event::default().retry(PLUS_TARD))
    });
    let flux = debut.chain(suite).take_until(fin).chain(adieu.filter_map(future::ready));
    Ok(Box::pin(flux.map(Ok)))
}

/// Who watches what.
struct Veille {
    base: Base,
    acteur: Acteur,
    sujets: Vec<Sujet>,
}

impl Veille {
    async fn entendre(&self, recu: Result<Annonce, BroadcastStreamRecvError>) -> Vec<Event> {
        match recu {
            Ok(annonce) if !self.sujets.contains(&annonce.sujet) => Vec::new(),
            Ok(annonce) if self.encore_permis(annonce.sujet).await => vec![evenement(annonce)],
            Ok(_) => Vec::new(),
            // Too slow to keep up: everything may have changed.
            Err(_) => self.sujets.iter().map(|sujet| sans_numero(*sujet)).collect(),
        }
    }

    /// An invitation to a dossier may have been withdrawn since the page began to watch it. A failure of the database
    /// lets the event through: it only has the page read again, which checks.
    async fn encore_permis(&self, sujet: Sujet) -> bool {
        match sujet {
            Sujet::Dossier(_) => {
                let db = self.base.lire();
                autorisations::peut_suivre(db, &self.acteur, sujet).await.unwrap_or(true)
            }
            _ => true,
        }
    }
}

fn evenement(annonce: Annonce) -> Event {
    sans_numero(annonce.sujet).id(annonce.id.to_string())
}

fn sans_numero(sujet: Sujet) -> Event {
    Event::default().event("changement").data(sujet.to_string())
}
