//! « Exporter »: a list as a table, sent as it is read.

use super::Etat;
use app::ssr::lire_jeton;
use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::acces::sessions;
use backend::liste::export;
use backend::{Contexte, Echec};
use domain::Erreur;
use domain::ids::DemarcheNumero;
use domain::liste::Filtres;
use domain::role::Acteur;
use futures::stream::{self, StreamExt};

/// The dossiers of a démarche that the query of the address leaves.
pub async fn dossiers(
    State(etat): State<Etat>,
    entetes: HeaderMap,
    Path(numero): Path<i64>,
    RawQuery(question): RawQuery,
) -> Response {
    let filtres = Filtres::lire(question.as_deref().unwrap_or_default()).debut();
    match preparer(&etat.contexte, &entetes, DemarcheNumero(numero)).await {
        Ok((acteur, tete)) => envoyer(etat.contexte, acteur, DemarcheNumero(numero), tete, filtres),
        Err(Echec::Metier(Erreur::NonConnecte)) => {
            axum::response::Redirect::to("/connexion").into_response()
        }
        Err(echec) => {
            let erreur = echec.pour_l_ecran();
            let statut = StatusCode::from_u16(erreur.statut_http());
            (statut.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), erreur.to_string())
                .into_response()
        }
    }
}

async fn preparer(
    contexte: &Contexte,
    entetes: &HeaderMap,
    numero: DemarcheNumero,
) -> Result<(Acteur, String), Echec> {
    let db = contexte.base.lire();
    let jeton = lire_jeton(entetes).ok_or(Erreur::NonConnecte)?;
    let acteur = sessions::acteur(db, &jeton, contexte.horloge.maintenant()).await?;
    let tete = export::entete(db, &acteur, numero).await?;
    Ok((acteur, tete))
}

fn envoyer(
    contexte: Contexte,
    acteur: Acteur,
    numero: DemarcheNumero,
    tete: String,
    filtres: Filtres,
) -> Response {
    let lignes = stream::unfold(Some(filtres), move |reste| {
        let (contexte, acteur) = (contexte.clone(), acteur.clone());
        async move {
            let filtres = reste?;
            let maintenant = contexte.horloge.maintenant();
            let lu =
                export::tranche(contexte.base.lire(), &acteur, numero, &filtres, maintenant).await;
            Some(match lu {
                Ok((texte, suite)) => (Ok(Bytes::from(texte)), suite),
                // Cut short: the browser says that the file is not whole.
                Err(echec) => (Err(std::io::Error::other(echec.pour_l_ecran())), None),
            })
        }
    });
    let corps = stream::once(async move { Ok(Bytes::from(tete)) }).chain(lignes);
    let mut reponse = Body::from_stream(corps).into_response();
    let entetes = reponse.headers_mut();
    entetes.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/csv; charset=utf-8; header=present"),
    );
    if let Ok(nom) =
        HeaderValue::from_str(&format!("attachment; filename=\"dossiers-{numero}.csv\""))
    {
        entetes.insert(header::CONTENT_DISPOSITION, nom);
    }
    entetes.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    reponse
}
