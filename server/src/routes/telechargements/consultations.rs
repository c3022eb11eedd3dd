//! « Consultations » as a table, sent as it is read.

use super::fichier;
use crate::routes::Etat;
use crate::routes::acces::connecte::Connecte;
use crate::routes::erreurs::EchecHttp;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use backend::Contexte;
use backend::dossier::consultations::lecture;
use domain::Erreur;
use domain::ids::DemarcheNumero;
use domain::role::Acteur;
use domain::vues::FiltresConsultations;
use futures_util::stream::{self, Stream, StreamExt};
use serde::Deserialize;

/// What follows « ? » in the address of the page.
#[derive(Deserialize)]
pub struct Question {
    #[serde(default)]
    dossier: String,
    #[serde(default)]
    personne: String,
}

/// The lines that the page shows, all of them.
pub async fn tableau(
    State(etat): State<Etat>,
    Connecte { acteur, .. }: Connecte,
    Path(numero): Path<String>,
    Query(Question { dossier, personne }): Query<Question>,
) -> Result<Response, EchecHttp> {
    let numero: DemarcheNumero = numero.parse().map_err(|_| Erreur::Introuvable)?;
    let filtres = FiltresConsultations { dossier, personne };
    let tete = lecture::entete(etat.contexte.base.lire(), &acteur, numero).await?;
    let lignes = lignes(etat.contexte, acteur, numero, filtres);
    let corps = stream::once(async move { Ok(Bytes::from(tete)) }).chain(lignes);
    let genre = "text/csv; charset=utf-8; header=present";
    Ok(fichier(Body::from_stream(corps), genre, &format!("consultations-{numero}.csv")))
}

fn lignes(
    contexte: Contexte,
    acteur: Acteur,
    numero: DemarcheNumero,
    filtres: FiltresConsultations,
) -> impl Stream<Item = Result<Bytes, std::io::Error>> {
    stream::unfold(Some(i64::MAX), move |avant| {
        let (contexte, acteur, filtres) = (contexte.clone(), acteur.clone(), filtres.clone());
        async move {
            let avant = avant?;
            let lu = lecture::tranche(contexte.base.lire(), &acteur, numero, &filtres, avant).await;
            Some(match lu {
                Ok((texte, suite)) => (Ok(Bytes::from(texte)), suite),
                // Cut short: the browser says that the file is not whole.
                Err(echec) => (Err(std::io::Error::other(echec.pour_l_ecran())), None),
            })
        }
    })
}
