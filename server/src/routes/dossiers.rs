//! A dossier to keep: its PDF, and the archive with its files.

use super::{Etat, pages};
use app::ssr::lire_jeton;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use backend::acces::sessions;
use backend::dossier::telechargement;
use backend::dossier::telechargement::archive::{self, Archive};
use backend::{Contexte, Echec};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::ids::{DemarcheNumero, DossierNumero};
use domain::liste::Filtres;
use domain::role::{Acteur, Role};
use futures::stream;

/// « Dossier (PDF) », for the usager.
pub async fn pdf_usager(etat: State<Etat>, numero: Path<String>, requete: Request) -> Response {
    pdf(etat.0, Role::Usager, &numero, requete).await
}

/// « Dossier (PDF) », for an instructeur.
pub async fn pdf_instructeur(
    etat: State<Etat>,
    numero: Path<String>,
    requete: Request,
) -> Response {
    pdf(etat.0, Role::Instructeur, &numero, requete).await
}

/// « Dossier et pièces jointes (ZIP) », for the usager.
pub async fn archive_usager(etat: State<Etat>, numero: Path<String>, requete: Request) -> Response {
    archive(etat.0, Role::Usager, &numero, requete).await
}

/// « Dossier et pièces jointes (ZIP) », for an instructeur.
pub async fn archive_instructeur(
    etat: State<Etat>,
    numero: Path<String>,
    requete: Request,
) -> Response {
    archive(etat.0, Role::Instructeur, &numero, requete).await
}

/// « Dossiers et pièces jointes (ZIP) » of the list that the query of the address says, for an instructeur.
pub async fn archive_de_la_liste(
    State(etat): State<Etat>,
    Path(numero): Path<String>,
    requete: Request,
) -> Response {
    let question = requete.uri().query().unwrap_or_default();
    let filtres = Filtres::lire(question).debut();
    match commencer_la_liste(&etat.contexte, requete.headers().clone(), &numero, &filtres).await {
        Ok((nom, acteur, archive)) => {
            let corps = Body::from_stream(morceaux(etat.contexte, acteur, archive));
            donner(corps, "application/zip", &format!("{nom}.zip"))
        }
        Err(echec) => refuser(etat, requete, echec).await,
    }
}

async fn commencer_la_liste(
    contexte: &Contexte,
    entetes: HeaderMap,
    numero: &str,
    filtres: &Filtres,
) -> Result<(String, Acteur, Archive), Echec> {
    let (acteur, maintenant) = qui(contexte, &entetes).await?;
    let numero: DemarcheNumero = numero.parse().map_err(|_| Erreur::Introuvable)?;
    let db = contexte.base.lire();
    let archive = archive::commencer_la_liste(db, &acteur, numero, filtres, maintenant).await?;
    Ok((format!("dossiers-{numero}"), acteur, archive))
}

async fn pdf(etat: Etat, lecteur: Role, numero: &str, requete: Request) -> Response {
    match composer(&etat.contexte, requete.headers().clone(), lecteur, numero).await {
        Ok((numero, octets)) => {
            donner(Body::from(octets), "application/pdf", &format!("dossier-{numero}.pdf"))
        }
        Err(echec) => refuser(etat, requete, echec).await,
    }
}

async fn composer(
    contexte: &Contexte,
    entetes: HeaderMap,
    lecteur: Role,
    numero: &str,
) -> Result<(DossierNumero, Vec<u8>), Echec> {
    let (acteur, numero, t) = demande(contexte, &entetes, numero).await?;
    let db = contexte.base.lire();
    Ok((numero, telechargement::pdf(db, &acteur, numero, lecteur, t).await?))
}

async fn archive(etat: Etat, lecteur: Role, numero: &str, requete: Request) -> Response {
    match commencer(&etat.contexte, requete.headers().clone(), lecteur, numero).await {
        Ok((numero, acteur, archive)) => {
            let corps = Body::from_stream(morceaux(etat.contexte, acteur, archive));
            donner(corps, "application/zip", &format!("dossier-{numero}.zip"))
        }
        Err(echec) => refuser(etat, requete, echec).await,
    }
}

async fn commencer(
    contexte: &Contexte,
    entetes: HeaderMap,
    lecteur: Role,
    numero: &str,
) -> Result<(DossierNumero, Acteur, Archive), Echec> {
    let (acteur, numero, t) = demande(contexte, &entetes, numero).await?;
    let archive = archive::commencer(contexte.base.lire(), &acteur, numero, lecteur, t).await?;
    Ok((numero, acteur, archive))
}

async fn demande(
    contexte: &Contexte,
    entetes: &HeaderMap,
    numero: &str,
) -> Result<(Acteur, DossierNumero, DateTime<Utc>), Echec> {
    let (acteur, maintenant) = qui(contexte, entetes).await?;
    let numero = numero.parse().map_err(|_| Erreur::Introuvable)?;
    Ok((acteur, numero, maintenant))
}

async fn qui(contexte: &Contexte, entetes: &HeaderMap) -> Result<(Acteur, DateTime<Utc>), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let jeton = lire_jeton(entetes).ok_or(Erreur::NonConnecte)?;
    let acteur = sessions::acteur(contexte.base.lire(), &jeton, maintenant).await?;
    Ok((acteur, maintenant))
}

/// The archive, made as it is sent: a browser that is slow to take it keeps no file in memory.
fn morceaux(
    contexte: Contexte,
    acteur: Acteur,
    archive: Archive,
) -> impl stream::Stream<Item = Result<Bytes, std::io::Error>> {
    stream::unfold(Some(archive), move |reste| {
        let (contexte, acteur) = (contexte.clone(), acteur.clone());
        async move {
            let mut archive = reste?;
            match archive.suite(contexte.base.lire(), &contexte.outils, &acteur).await {
                Ok(Some(octets)) => Some((Ok(Bytes::from(octets)), Some(archive))),
                Ok(None) => None,
                // Cut short: the browser says that the file is not whole.
                Err(echec) => Some((Err(std::io::Error::other(echec.pour_l_ecran())), None)),
            }
        }
    })
}

fn donner(corps: Body, genre: &'static str, nom: &str) -> Response {
    let nom = format!("attachment; filename=\"{nom}\"");
    let mut reponse = corps.into_response();
    let entetes = reponse.headers_mut();
    entetes.insert(header::CONTENT_TYPE, HeaderValue::from_static(genre));
    if let Ok(nom) = HeaderValue::from_str(&nom) {
        entetes.insert(header::CONTENT_DISPOSITION, nom);
    }
    reponse
}

/// What is shown instead of a file that can't be given.
pub async fn refuser(etat: Etat, requete: Request, echec: Echec) -> Response {
    match echec.pour_l_ecran() {
        Erreur::NonConnecte => {
            Redirect::to(&format!("/connexion?retour={}", requete.uri().path())).into_response()
        }
        Erreur::Introuvable => pages::introuvable(State(etat), requete).await,
        autre => (StatusCode::SERVICE_UNAVAILABLE, autre.to_string()).into_response(),
    }
}
