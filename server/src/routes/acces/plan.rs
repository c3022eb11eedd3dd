//! « Choisir le créneau moi-même »: opens RDV Service Public in the tab of the form.

use super::connecte::Connecte;
use crate::routes::erreurs::EchecHttp;
use crate::routes::{Etat, pages};
use app::api::instructeur::rendez_vous::ADRESSE_PLAN;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use backend::rendez_vous::plans_rdv;
use domain::Erreur;
use domain::ids::DossierNumero;
use maud::{DOCTYPE, html};
use serde::Deserialize;
use url::Url;

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
        Ok(url) => suite(&url),
        Err(erreur @ Erreur::NonConnecte) => {
            EchecHttp::from(erreur).revenir_a(&page).into_response()
        }
        Err(erreur) => {
            let champs = vec![("dossier".to_owned(), numero.to_string())];
            pages::refuser(&etat, &page, entetes, ADRESSE_PLAN, champs, erreur).await
        }
    }
}

/// A page that leads on by itself: browsers do not follow a form to another site.
fn suite(url: &Url) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="fr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="refresh" content={ "0;url=" (url) };
                title { "Vers RDV Service Public" }
            }
            body {
                p {
                    "Vous allez choisir le créneau sur RDV Service Public. "
                    a href=(url) { "Continuer vers RDV Service Public" }
                }
            }
        }
    };
    let politique = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    ([(header::CONTENT_SECURITY_POLICY, politique)], page).into_response()
}
