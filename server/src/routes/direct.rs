//! The stream of live events that a page watches.

use super::Etat;
use app::ssr::lire_jeton;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use backend::base::Base;
use backend::direct::{self, Annonce};
use backend::{Echec, autorisations, sessions};
use domain::Erreur;
use domain::role::Acteur;
use domain::sujet::Sujet;
use futures::stream::{self, Stream, StreamExt};
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
    entetes: HeaderMap,
    Query(demande): Query<Demande>,
) -> Response {
    let deja = entetes.get("last-event-id").and_then(|v| v.to_str().ok()?.parse().ok());
    match preparer(&etat, &entetes, &demande.sujets, deja.or(demande.depuis)).await {
        Ok(flux) => Sse::new(flux)
            .keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
            .into_response(),
        Err(echec) => {
            let erreur = echec.pour_l_ecran();
            let statut = StatusCode::from_u16(erreur.statut_http());
            statut.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
        }
    }
}

type Flux = std::pin::Pin<Box<dyn Stream<Item = Result<Event, Infallible>> + Send>>;

async fn preparer(
    etat: &Etat,
    entetes: &HeaderMap,
    noms: &str,
    depuis: Option<i64>,
) -> Result<Flux, Echec> {
    let contexte = &etat.contexte;
    let db = contexte.base.lire();
    let jeton = lire_jeton(entetes).ok_or(Erreur::NonConnecte)?;
    let acteur = sessions::acteur(db, &jeton, contexte.horloge.maintenant()).await?;
    let sujets: Vec<Sujet> =
        noms.split(',').filter_map(|nom| nom.parse().ok()).take(SUJETS_MAX).collect();
    for sujet in &sujets {
        if !autorisations::peut_suivre(db, &acteur, *sujet).await? {
            return Err(Erreur::Introuvable.into());
        }
    }
    // Listening starts before looking back, so that nothing falls between the two.
    let ecoute = contexte.direct.ecouter();
    let dernier = direct::dernier(db).await?;
    let manques = match depuis {
        Some(depuis) => direct::rattraper(db, &sujets, depuis).await?,
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
    let mut arret = etat.arret.clone();
    let fin = Box::pin(async move {
        let arrete = arret.wait_for(|arret| *arret);
        let _ = tokio::time::timeout(DUREE, arrete).await;
    });
    Ok(Box::pin(debut.chain(suite).map(Ok).take_until(fin)))
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
