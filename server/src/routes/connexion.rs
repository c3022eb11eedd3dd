//! Signing in and out: plain forms.

use super::{Etat, attente, chemin, pages};
use app::depart::Refus;
use app::ssr::{COOKIE, lire_cookie, lire_jeton};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use backend::Echec;
use backend::acces::sessions::{
    self, APPAREIL_JOURS, DUREE_HEURES, Entree, MotDePasse, Provenance,
};
use backend::acces::tentatives::Reseau;
use domain::Erreur;
use serde::Deserialize;

/// Name of the cookie that says with which account the browser was used.
const APPAREIL: &str = "appareil";

/// What the form holds.
#[derive(Deserialize)]
pub struct Identifiants {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    /// Where to go afterwards.
    #[serde(default)]
    retour: String,
    /// The form that waits for them, if one does.
    #[serde(default)]
    attente: String,
    /// « J'ai ouvert une session dans un autre onglet ».
    #[serde(default)]
    deja: String,
}

/// « Se connecter ».
pub async fn entrer(
    State(etat): State<Etat>,
    reseau: Option<Extension<Reseau>>,
    entetes: HeaderMap,
    Form(form): Form<Identifiants>,
) -> Response {
    let Identifiants { email, password, retour, attente, deja } = form;
    if !deja.is_empty() {
        let jeton = lire_jeton(&entetes);
        return attente::continuer(&etat, entetes, jeton, &attente, retour).await;
    }
    let reseau = reseau.map(|Extension(reseau)| reseau);
    let provenance =
        Provenance { reseau, appareil: lire_cookie(&entetes, APPAREIL).filter(|a| a.len() < 500) };
    let preuve = MotDePasse { email: email.clone(), mot_de_passe: password, provenance };
    match sessions::ouvrir(&etat.contexte, &preuve).await {
        Ok(entree) => {
            let retour = chemin::local_ou_accueil(&retour);
            let mut reponse =
                attente::suite(&etat, entetes, &entree.jeton, &attente, &retour).await;
            accueillir(&mut reponse, &etat, &entree);
            reponse
        }
        Err(echec) => {
            let erreur = echec.pour_l_ecran();
            let (statut, delai) = (statut(&erreur), delai(&erreur));
            let refus = Refus {
                action: "/connexion".to_owned(),
                champs: vec![
                    ("email".to_owned(), email),
                    ("retour".to_owned(), retour),
                    ("attente".to_owned(), attente),
                ],
                erreur: erreur.into(),
            };
            let mut reponse = pages::afficher_refus(&etat, "/connexion", entetes, refus).await;
            *reponse.status_mut() = statut;
            reponse.headers_mut().extend(delai);
            reponse
        }
    }
}

/// The header that says to a program when to try again.
pub fn delai(erreur: &Erreur) -> Option<(HeaderName, HeaderValue)> {
    match erreur {
        Erreur::TropVite { secondes } => Some((header::RETRY_AFTER, HeaderValue::from(*secondes))),
        _ => None,
    }
}

/// The HTTP status of a refusal.
pub fn statut(erreur: &Erreur) -> StatusCode {
    StatusCode::from_u16(erreur.statut_http()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// « Se déconnecter ».
pub async fn sortir(State(etat): State<Etat>, entetes: HeaderMap) -> Response {
    if let Some(jeton) = lire_jeton(&entetes)
        && let Err(erreur) = fermer(&etat, &jeton).await
    {
        tracing::error!(%erreur, "a session could not be closed");
    }
    let mut reponse = Redirect::to("/connexion").into_response();
    poser(&mut reponse, &etat, (COOKIE, "/"), "", 0);
    reponse
}

async fn fermer(etat: &Etat, jeton: &str) -> Result<(), Echec> {
    let tx = etat.contexte.base.ecrire().await?;
    sessions::fermer(&tx, jeton).await?;
    tx.valider().await
}

/// Gives the browser the token of its session, and what says that the account was opened with it.
pub fn accueillir(reponse: &mut Response, etat: &Etat, entree: &Entree) {
    poser(reponse, etat, (COOKIE, "/"), &entree.jeton, DUREE_HEURES * 3_600);
    poser(reponse, etat, (APPAREIL, "/connexion"), &entree.appareil, APPAREIL_JOURS * 86_400);
}

/// Leaves a cookie that no script reads; where: the addresses that it is sent to.
fn poser(
    reponse: &mut Response,
    etat: &Etat,
    (nom, ou): (&str, &str),
    valeur: &str,
    duree_secondes: i64,
) {
    let cookie = format!(
        "{nom}={valeur}; Path={ou}; HttpOnly; SameSite=Lax; Max-Age={duree_secondes}{}",
        securise(etat)
    );
    if let Ok(valeur) = HeaderValue::from_str(&cookie) {
        reponse.headers_mut().append(header::SET_COOKIE, valeur);
    }
}

/// The end of a cookie: never sent in clear where the site is served over https.
pub fn securise(etat: &Etat) -> &'static str {
    let sur = etat.contexte.outils.reglages.app_url.scheme() == "https";
    if sur { "; Secure" } else { "" }
}
