//! Signing in and out: plain forms.

use super::{Etat, attente, pages};
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
    entetes: HeaderMap,
    Form(form): Form<Identifiants>,
) -> Response {
    let Identifiants { email, password, retour, attente, deja } = form;
    if !deja.is_empty() {
        let jeton = lire_jeton(&entetes);
        return attente::continuer(&etat, entetes, jeton, &attente, retour).await;
    }
    let preuve = MotDePasse { email: email.clone(), mot_de_passe: password };
    match ouvrir(&etat, &preuve).await {
        Ok(jeton) => {
            let retour = chemin_local(&retour);
            let mut reponse = attente::suite(&etat, entetes, &jeton, &attente, &retour).await;
            poser(&mut reponse, &etat, &jeton, DUREE_HEURES * 3_600);
            reponse
        }
        Err(echec) => {
            let erreur = echec.pour_l_ecran();
            let statut = statut(&erreur);
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
        reponse.headers_mut().append(header::SET_COOKIE, valeur);
    }
}

/// The end of a cookie: never sent in clear where the site is served over https.
pub fn securise(etat: &Etat) -> &'static str {
    let sur = etat.contexte.outils.reglages.app_url.scheme() == "https";
    if sur { "; Secure" } else { "" }
}

/// A path of this site, or the home page: never another site.
pub fn chemin_local(retour: &str) -> String {
    let local = retour.starts_with('/')
        && !retour.starts_with("//")
        && !retour.contains('\\')
        && !retour.chars().any(char::is_control);
    if local && retour.is_ascii() { retour.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_never_leads_to_another_site() {
        assert_eq!(chemin_local("/dossiers/1/messagerie?x=1"), "/dossiers/1/messagerie?x=1");
        for ailleurs in ["", "https://exemple.org", "//exemple.org", "/\\exemple.org", "/a\r\nb"] {
            assert_eq!(chemin_local(ailleurs), "/", "{ailleurs:?}");
        }
    }
}
