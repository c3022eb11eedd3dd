//! What was made aside, sent piece by piece: an export, the archive of one's data.

use super::fichier;
use crate::routes::Etat;
use crate::routes::acces::connecte::Connecte;
use crate::routes::erreurs::EchecHttp;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use backend::dossier::telechargement::{exports, mes_donnees};
use backend::{Contexte, Echec};
use domain::Erreur;
use domain::ids::{DemarcheNumero, ExportId};
use futures_util::stream::{self, Stream};

/// « Télécharger l'export », for whoever asked for it.
pub async fn telecharger(
    State(etat): State<Etat>,
    Connecte { acteur, .. }: Connecte,
    Path((numero, id)): Path<(String, String)>,
) -> Result<Response, EchecHttp> {
    let numero: DemarcheNumero = numero.parse().map_err(|_| Erreur::Introuvable)?;
    let id: ExportId = id.parse().map_err(|_| Erreur::Introuvable)?;
    let (db, maintenant) = (etat.contexte.base.lire(), etat.contexte.horloge.maintenant());
    let export = exports::ouvrir(db, &acteur, numero, id, maintenant).await?;
    let (format, taille) = (export.format, export.taille);
    let nom = format!("dossiers-{numero}.{}", format.code());
    let lire = move |contexte: Contexte, rang| {
        let export = export.clone();
        async move { export.morceau(contexte.base.lire(), &contexte.outils, rang).await }
    };
    let corps = Body::from_stream(morceaux(etat.contexte, lire));
    Ok(entier(corps, format.type_de_media(), &nom, taille))
}

/// « Télécharger mes données », for whom they are about.
pub async fn mes_donnees(
    State(etat): State<Etat>,
    Connecte { acteur, .. }: Connecte,
) -> Result<Response, EchecHttp> {
    let (db, maintenant) = (etat.contexte.base.lire(), etat.contexte.horloge.maintenant());
    let archive = mes_donnees::ouvrir(db, &acteur, maintenant).await?;
    let taille = archive.taille;
    let lire = move |contexte: Contexte, rang| {
        let archive = archive.clone();
        async move { archive.morceau(contexte.base.lire(), &contexte.outils, rang).await }
    };
    let corps = Body::from_stream(morceaux(etat.contexte, lire));
    Ok(entier(corps, "application/zip", "mes-donnees.zip", taille))
}

/// With its length, so that the browser says how long it takes, and that a file cut short is not whole.
fn entier(corps: Body, genre: &'static str, nom: &str, taille: u64) -> Response {
    let mut reponse = fichier(corps, genre, nom);
    reponse.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(taille));
    reponse
}

fn morceaux<L, R>(
    contexte: Contexte,
    lire: L,
) -> impl Stream<Item = Result<Bytes, std::io::Error>> + Send
where
    L: Fn(Contexte, i32) -> R + Send,
    R: Future<Output = Result<Option<Vec<u8>>, Echec>> + Send,
{
    stream::unfold((Some(0), lire), move |(rang, lire)| {
        let contexte = contexte.clone();
        async move {
            let rang = rang?;
            match lire(contexte, rang).await {
                Ok(Some(octets)) => Some((Ok(Bytes::from(octets)), (Some(rang + 1), lire))),
                Ok(None) => None,
                // Cut short: the browser says that the file is not whole.
                Err(echec) => {
                    Some((Err(std::io::Error::other(echec.pour_l_ecran())), (None, lire)))
                }
            }
        }
    })
}
