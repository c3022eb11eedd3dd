//! « Choisir le créneau moi-même »: opens RDV Service Public in the tab of the form.

use super::compte_rdv::acteur;
use super::{Etat, pages};
use app::api::instructeur::rendez_vous::ADRESSE_PLAN;
use app::depart::Refus;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Echec;
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
    entetes: HeaderMap,
    Form(demande): Form<Demande>,
) -> Response {
    let numero = demande.dossier;
    match executer(&etat, &entetes, numero).await {
        Ok(url) => suite(&url),
        Err(echec) => {
            let erreur = echec.pour_l_ecran();
            if erreur == Erreur::NonConnecte {
                let retour = format!("/connexion?retour=/instructeur/dossiers/{numero}/messagerie");
                return Redirect::to(&retour).into_response();
            }
            let statut = StatusCode::from_u16(erreur.statut_http());
            let champs = vec![("dossier".to_owned(), numero.to_string())];
            let refus = Refus { action: ADRESSE_PLAN.to_owned(), champs, erreur: erreur.into() };
            let page = format!("/instructeur/dossiers/{numero}/messagerie");
            let mut reponse = pages::afficher_refus(&etat, &page, entetes, refus).await;
            if reponse.status().is_success() {
                *reponse.status_mut() = statut.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            }
            reponse
        }
    }
}

async fn executer(etat: &Etat, entetes: &HeaderMap, numero: DossierNumero) -> Result<Url, Echec> {
    let (acteur, _) = acteur(etat, entetes).await?;
    plans_rdv::ouvrir(&etat.contexte, &acteur, numero).await
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
