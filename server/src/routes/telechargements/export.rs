//! « Exporter »: a list as a table, sent as it is read.

use super::fichier;
use crate::routes::Etat;
use crate::routes::acces::connecte::Connecte;
use crate::routes::erreurs::EchecHttp;
use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use backend::Contexte;
use backend::liste::export;
use domain::Erreur;
use domain::ids::DemarcheNumero;
use domain::liste::Filtres;
use domain::role::Acteur;
use futures_util::stream::{self, Stream, StreamExt};

/// The dossiers of a démarche that the query of the address leaves.
pub async fn dossiers(
    State(etat): State<Etat>,
    Connecte { acteur, .. }: Connecte,
    Path(numero): Path<String>,
    RawQuery(question): RawQuery,
) -> Result<Response, EchecHttp> {
    let numero: DemarcheNumero = numero.parse().map_err(|_| Erreur::Introuvable)?;
    let filtres = Filtres::lire(question.as_deref().unwrap_or_default()).debut();
    let tete = export::entete(etat.contexte.base.lire(), &acteur, numero).await?;
    let lignes = lignes(etat.contexte, acteur, numero, filtres);
    let corps = stream::once(async move { Ok(Bytes::from(tete)) }).chain(lignes);
    let genre = "text/csv; charset=utf-8; header=present";
    Ok(fichier(Body::from_stream(corps), genre, &format!("dossiers-{numero}.csv")))
}

fn lignes(
    contexte: Contexte,
    acteur: Acteur,
    numero: DemarcheNumero,
    filtres: Filtres,
) -> impl Stream<Item = Result<Bytes, std::io::Error>> {
    stream::unfold(Some(filtres), move |reste| {
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
    })
}
