//! Files that people attached, to be downloaded by those who may see what they belong to.

use super::{Etat, dossiers};
use app::ssr::lire_jeton;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use backend::Echec;
use backend::acces::sessions;
use backend::dossier::pieces;
use domain::Erreur;
use domain::fichier;
use domain::ids::PieceId;
use domain::vues::PieceVue;

/// One file. It is saved, never shown in the page's own site: a document must not run in it.
pub async fn telecharger(
    State(etat): State<Etat>,
    Path(id): Path<String>,
    requete: Request<Body>,
) -> Response {
    match lire(&etat, requete.headers(), &id).await {
        Ok((piece, contenu)) => envoyer(&piece, contenu),
        Err(echec) => dossiers::refuser(etat, requete, echec).await,
    }
}

/// One file, for an expert who holds a personal link.
pub async fn telecharger_par_lien(
    State(etat): State<Etat>,
    Path((jeton, id)): Path<(String, String)>,
    requete: Request<Body>,
) -> Response {
    let contexte = &etat.contexte;
    let maintenant = contexte.horloge.maintenant();
    let lu = match id.parse().map(PieceId) {
        Ok(id) => {
            pieces::lire_par_lien(contexte.base.lire(), &contexte.outils, &jeton, id, maintenant)
                .await
        }
        Err(_) => Err(Erreur::Introuvable.into()),
    };
    match lu {
        Ok((piece, contenu)) => envoyer(&piece, contenu),
        Err(echec) => dossiers::refuser(etat, requete, echec).await,
    }
}

async fn lire(etat: &Etat, entetes: &HeaderMap, id: &str) -> Result<(PieceVue, Vec<u8>), Echec> {
    let contexte = &etat.contexte;
    let db = contexte.base.lire();
    let jeton = lire_jeton(entetes).ok_or(Erreur::NonConnecte)?;
    let acteur = sessions::acteur(db, &jeton, contexte.horloge.maintenant()).await?;
    let id = id.parse().map(PieceId).map_err(|_| Erreur::Introuvable)?;
    pieces::lire(db, &contexte.outils, &acteur, id).await
}

fn envoyer(piece: &PieceVue, contenu: Vec<u8>) -> Response {
    let disposition = HeaderValue::from_str(&fichier::disposition(&piece.nom))
        .unwrap_or(HeaderValue::from_static("attachment"));
    let entetes = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static(fichier::type_de_media(piece.format, &contenu)),
        ),
        (header::CONTENT_DISPOSITION, disposition),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'"),
        ),
    ];
    (entetes, contenu).into_response()
}
