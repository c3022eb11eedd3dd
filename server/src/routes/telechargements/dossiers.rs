//! A dossier to keep: its PDF, and the archive with its files.

use super::fichier;
use crate::routes::Etat;
use crate::routes::acces::connecte::Connecte;
use crate::routes::erreurs::EchecHttp;
use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use backend::Contexte;
use backend::dossier::consultations::tampon::Objet;
use backend::dossier::telechargement;
use backend::dossier::telechargement::archive::{self, Archive};
use domain::Erreur;
use domain::consultation::Acte;
use domain::ids::{DemarcheNumero, DossierNumero};
use domain::liste::Filtres;
use domain::role::{Acteur, Role};
use futures_util::stream::{self, Stream};

/// « Dossier (PDF) », for the usager.
pub async fn pdf_usager(
    etat: State<Etat>,
    qui: Connecte,
    numero: Path<String>,
) -> Result<Response, EchecHttp> {
    pdf(etat.0, qui.acteur, Role::Usager, &numero).await
}

/// « Dossier (PDF) », for an instructeur.
pub async fn pdf_instructeur(
    etat: State<Etat>,
    qui: Connecte,
    numero: Path<String>,
) -> Result<Response, EchecHttp> {
    pdf(etat.0, qui.acteur, Role::Instructeur, &numero).await
}

/// « Dossier et pièces jointes (ZIP) », for the usager.
pub async fn archive_usager(
    etat: State<Etat>,
    qui: Connecte,
    numero: Path<String>,
) -> Result<Response, EchecHttp> {
    archive(etat.0, qui.acteur, Role::Usager, &numero).await
}

/// « Dossier et pièces jointes (ZIP) », for an instructeur.
pub async fn archive_instructeur(
    etat: State<Etat>,
    qui: Connecte,
    numero: Path<String>,
) -> Result<Response, EchecHttp> {
    archive(etat.0, qui.acteur, Role::Instructeur, &numero).await
}

/// « Dossiers et pièces jointes (ZIP) » of the list that the query of the address says, for an instructeur.
pub async fn archive_de_la_liste(
    State(etat): State<Etat>,
    Connecte { acteur, .. }: Connecte,
    Path(numero): Path<String>,
    RawQuery(question): RawQuery,
) -> Result<Response, EchecHttp> {
    let filtres = Filtres::lire(question.as_deref().unwrap_or_default()).debut();
    let numero: DemarcheNumero = numero.parse().map_err(|_| Erreur::Introuvable)?;
    let (db, maintenant) = (etat.contexte.base.lire(), etat.contexte.horloge.maintenant());
    let archive = archive::commencer_la_liste(db, &acteur, numero, &filtres, maintenant).await?;
    Ok(zip(etat.contexte, acteur, archive, &format!("dossiers-{numero}.zip")))
}

async fn pdf(
    etat: Etat,
    acteur: Acteur,
    lecteur: Role,
    numero: &str,
) -> Result<Response, EchecHttp> {
    let numero: DossierNumero = numero.parse().map_err(|_| Erreur::Introuvable)?;
    let (db, maintenant) = (etat.contexte.base.lire(), etat.contexte.horloge.maintenant());
    let octets = telechargement::pdf(db, &acteur, numero, lecteur, maintenant).await?;
    if lecteur == Role::Instructeur {
        etat.contexte.consulter(&acteur, Acte::Pdf, Objet::Dossier(numero));
    }
    Ok(fichier(octets, "application/pdf", &format!("dossier-{numero}.pdf")))
}

async fn archive(
    etat: Etat,
    acteur: Acteur,
    lecteur: Role,
    numero: &str,
) -> Result<Response, EchecHttp> {
    let numero: DossierNumero = numero.parse().map_err(|_| Erreur::Introuvable)?;
    let (db, maintenant) = (etat.contexte.base.lire(), etat.contexte.horloge.maintenant());
    let archive = archive::commencer(db, &acteur, numero, lecteur, maintenant).await?;
    if lecteur == Role::Instructeur {
        etat.contexte.consulter(&acteur, Acte::Archive, Objet::Dossier(numero));
    }
    Ok(zip(etat.contexte, acteur, archive, &format!("dossier-{numero}.zip")))
}

fn zip(contexte: Contexte, acteur: Acteur, archive: Archive, nom: &str) -> Response {
    fichier(Body::from_stream(morceaux(contexte, acteur, archive)), "application/zip", nom)
}

/// The archive, made as it is sent: a browser that is slow to take it keeps no file in memory.
fn morceaux(
    contexte: Contexte,
    acteur: Acteur,
    archive: Archive,
) -> impl Stream<Item = Result<Bytes, std::io::Error>> {
    stream::unfold(Some(archive), move |reste| {
        let (contexte, acteur) = (contexte.clone(), acteur.clone());
        async move {
            let mut archive = reste?;
            let suite = archive.suite(contexte.base.lire(), &contexte.outils, &acteur).await;
            for numero in archive.commences() {
                contexte.consulter(&acteur, Acte::Archive, Objet::Dossier(numero));
            }
            match suite {
                Ok(Some(octets)) => Some((Ok(Bytes::from(octets)), Some(archive))),
                Ok(None) => None,
                // Cut short: the browser says that the file is not whole.
                Err(echec) => Some((Err(std::io::Error::other(echec.pour_l_ecran())), None)),
            }
        }
    })
}
