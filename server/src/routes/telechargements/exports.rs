//! An export that was made aside, sent piece by piece.

use super::fichier;
use crate::routes::Etat;
use crate::routes::acces::connecte::Connecte;
use crate::routes::erreurs::EchecHttp;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use backend::Contexte;
use backend::dossier::telechargement::exports::{self, Ouvert};
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
    let corps = Body::from_stream(morceaux(etat.contexte, export));
    let mut reponse = fichier(corps, format.type_de_media(), &nom);
    // So that the browser says how long it takes, and that a file cut short is not whole.
    reponse.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(taille));
    Ok(reponse)
}

fn morceaux(
    contexte: Contexte,
    export: Ouvert,
) -> impl Stream<Item = Result<Bytes, std::io::Error>> {
    stream::unfold(Some(0), move |rang| {
        let (contexte, export) = (contexte.clone(), export.clone());
        async move {
            let rang = rang?;
            match export.morceau(contexte.base.lire(), &contexte.outils, rang).await {
                Ok(Some(octets)) => Some((Ok(Bytes::from(octets)), Some(rang + 1))),
                Ok(None) => None,
                // Cut short: the browser says that the file is not whole.
                Err(echec) => Some((Err(std::io::Error::other(echec.pour_l_ecran())), None)),
            }
        }
    })
}
