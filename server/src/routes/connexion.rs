//! Signing in and out: plain forms.

use super::{Etat, chemin, pages};
use app::api::session::Refus;
use app::ssr::{COOKIE, lire_jeton};
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Echec;
use backend::sessions::{self, DUREE_HEURES, MotDePasse};
use domain::Erreur;
use serde::Deserialize;

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
}

/// « Se connecter ».
pub async fn entrer(
    State(etat): State<Etat>,
    entetes: HeaderMap,
    Form(form): Form<Identifiants>,
) -> Response {
    let Identifiants { email, password, retour } = form;
    let preuve = MotDePasse { email: email.clone(), mot_de_passe: password };
    match ouvrir(&etat, &preuve).await {
        Ok(jeton) => {
            let mut reponse = Redirect::to(&chemin::local_ou_accueil(&retour)).into_response();
            poser(&mut reponse, &etat, &jeton, DUREE_HEURES * 3_600);
            reponse
        }
        Err(echec) => {
            let erreur = echec.pour_l_ecran();
            let statut = statut(&erreur);
            let refus = Refus {
                action: "/connexion".to_owned(),
                champs: vec![("email".to_owned(), email), ("retour".to_owned(), retour)],
                erreur: erreur.into(),
            };
            let mut reponse = pages::afficher_refus(&etat, "/connexion", entetes, refus).await;
            *reponse.status_mut() = statut;
            reponse
        }
    }
}

/// The HTTP status of a refusal.
pub fn statut(erreur: &Erreur) -> StatusCode {
    StatusCode::from_u16(erreur.statut_http()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

async fn ouvrir(etat: &Etat, preuve: &MotDePasse) -> Result<String, Echec> {
    let contexte = &etat.contexte;
    let tx = contexte.base.ecrire().await?;
    let maintenant = contexte.horloge.maintenant();
    let jeton = sessions::ouvrir(&tx, preuve, &contexte.outils.hasard, maintenant).await?;
    tx.valider().await?;
    Ok(jeton)
}

/// « Se déconnecter ».
pub async fn sortir(State(etat): State<Etat>, entetes: HeaderMap) -> Response {
    if let Some(jeton) = lire_jeton(&entetes)
        && let Err(erreur) = fermer(&etat, &jeton).await
    {
        tracing::error!(%erreur, "a session could not be closed");
    }
    let mut reponse = Redirect::to("/connexion").into_response();
    poser(&mut reponse, &etat, "", 0);
    reponse
}

async fn fermer(etat: &Etat, jeton: &str) -> Result<(), Echec> {
    let tx = etat.contexte.base.ecrire().await?;
    sessions::fermer(&tx, jeton).await?;
    tx.valider().await
}

/// Gives the browser the token of its session.
pub fn poser(reponse: &mut Response, etat: &Etat, jeton: &str, duree_secondes: i64) {
    let cookie = format!(
        "{COOKIE}={jeton}; Path=/; HttpOnly; SameSite=Lax; Max-Age={duree_secondes}{}",
        securise(etat)
    );
    if let Ok(valeur) = HeaderValue::from_str(&cookie) {
        reponse.headers_mut().insert(header::SET_COOKIE, valeur);
    }
}

/// The end of a cookie: never sent in clear where the site is served over https.
pub fn securise(etat: &Etat) -> &'static str {
    let sur = etat.contexte.outils.reglages.app_url.scheme() == "https";
    if sur { "; Secure" } else { "" }
}
