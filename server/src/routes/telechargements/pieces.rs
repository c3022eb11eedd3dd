//! Files that people attached, to be downloaded by those who may see what they belong to.

use crate::routes::Etat;
use crate::routes::acces::connecte::Connecte;
use crate::routes::erreurs::EchecHttp;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use backend::dossier::consultations::tampon::Objet;
use backend::dossier::pieces;
use domain::Erreur;
use domain::consultation::Acte;
use domain::fichier;
use domain::ids::PieceId;
use domain::vues::PieceVue;

/// One file. It is saved, never shown in the page's own site: a document must not run in it.
pub async fn telecharger(
    State(etat): State<Etat>,
    Connecte { acteur, .. }: Connecte,
    Path(id): Path<String>,
) -> Result<Response, EchecHttp> {
    let id = id.parse().map(PieceId).map_err(|_| Erreur::Introuvable)?;
    let contexte = &etat.contexte;
    let lue = pieces::lire(contexte.base.lire(), &contexte.outils, &acteur, id).await;
    if lue.is_ok() {
        // Whoever reads their own dossier is told apart when it is written.
        contexte.consulter(&acteur, Acte::Piece, Objet::Piece(id));
    }
    Ok(lue.map(|(piece, contenu)| envoyer(&piece, contenu))?)
}

/// One file, for an expert who holds a personal link.
pub async fn telecharger_par_lien(
    State(etat): State<Etat>,
    Path((jeton, id)): Path<(String, String)>,
) -> Result<Response, EchecHttp> {
    let id = id.parse().map(PieceId).map_err(|_| Erreur::Introuvable)?;
    let contexte = &etat.contexte;
    let (db, maintenant) = (contexte.base.lire(), contexte.horloge.maintenant());
    let lue = pieces::lire_par_lien(db, &contexte.outils, &jeton, id, maintenant).await;
    Ok(lue.map(|(piece, contenu)| envoyer(&piece, contenu))?)
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
