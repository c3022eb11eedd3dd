//! « Choisir le créneau moi-même »: opens RDV Service Public in the tab of the form.

use super::ailleurs;
use super::connecte::Connecte;
use crate::routes::erreurs::EchecHttp;
use crate::routes::{Etat, pages};
use app::api::instructeur::rendez_vous::ADRESSE_PLAN;
use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use backend::rendez_vous::plans_rdv;
use domain::Erreur;
use domain::ids::DossierNumero;
use serde::Deserialize;

/// What the form holds.
#[derive(Deserialize)]
pub struct Demande {
    dossier: DossierNumero,
}

/// Makes the plan, then sends the tab to it.
pub async fn ouvrir(
    State(etat): State<Etat>,
    qui: Result<Connecte, EchecHttp>,
    entetes: HeaderMap,
    Form(demande): Form<Demande>,
) -> Response {
    let numero = demande.dossier;
    let executer = async || {
        let Connecte { acteur, .. } = qui?;
        Ok::<_, EchecHttp>(plans_rdv::ouvrir(&etat.contexte, &acteur, numero).await?)
    };
    let page = format!("/instructeur/dossiers/{numero}/messagerie");
    match executer().await.map_err(EchecHttp::erreur) {
        Ok(url) => ailleurs::aller(
            &url,
            "RDV Service Public",
            "Vous allez choisir le créneau sur RDV Service Public.",
        ),
        Err(erreur @ Erreur::NonConnecte) => {
            EchecHttp::from(erreur).revenir_a(&page).into_response()
        }
        Err(erreur) => {
            let champs = vec![("dossier".to_owned(), numero.to_string())];
            pages::refuser(&etat, &page, entetes, ADRESSE_PLAN, champs, erreur).await
        }
    }
}
