//! Signing in and out: plain forms.

use super::ailleurs;
use super::cookies::{self, Garde};
use crate::routes::formulaires::attente;
use crate::routes::gardes::chemin;
use crate::routes::pages::panne;
use crate::routes::{Etat, erreurs, pages};
use app::ssr::{COOKIE, lire_cookie, lire_jeton};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use backend::acces::identites::sortie;
use backend::acces::sessions::{self, APPAREIL_JOURS, DUREE_JOURS, Entree, MotDePasse, Provenance};
use backend::acces::tentatives::Reseau;
use domain::Erreur;
use serde::Deserialize;

/// Tells a browser to forget what it keeps of a site.
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

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
    let provenance = provenance(reseau, &entetes);
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
            if let Erreur::Encombrement { .. } = erreur {
                return encombrement(&etat, &email, &erreur);
            }
            let champs = vec![
                ("email".to_owned(), email),
                ("retour".to_owned(), retour),
                ("attente".to_owned(), attente),
            ];
            let page = "/connexion";
            pages::refuser(&etat, page, entetes, page, champs, erreur).await
        }
    }
}

/// Said by a page that costs next to nothing: there are many such answers at once.
fn encombrement(etat: &Etat, email: &str, erreur: &Erreur) -> Response {
    let (nom, statut) = (&etat.contexte.outils.reglages.nom, StatusCode::SERVICE_UNAVAILABLE);
    let saisie = [("email".to_owned(), email.to_owned())];
    let mut page = panne::formulaire_refuse(nom, statut, &erreur.to_string(), &saisie);
    page.headers_mut().extend(erreurs::delai(erreur));
    page
}

/// « Se déconnecter »: here, then at the platform by which they came in.
pub async fn sortir(State(etat): State<Etat>, entetes: HeaderMap) -> Response {
    let la_bas = match lire_jeton(&entetes) {
        Some(jeton) => sortie::quitter(&etat.contexte, &jeton).await.unwrap_or_else(|erreur| {
            tracing::error!(%erreur, "a session could not be closed");
            None
        }),
        None => None,
    };
    let mut reponse = match la_bas {
        Some((fournisseur, url)) => {
            let nom = fournisseur.libelle();
            let phrase =
                format!("Vous êtes déconnecté(e) de ce service. Vous allez l'être aussi de {nom}.");
            ailleurs::aller(&url, nom, &phrase)
        }
        None => Redirect::to("/connexion").into_response(),
    };
    let fini = Garde { nom: COOKIE, valeur: "", chemin: "/", secondes: 0 };
    cookies::poser(&mut reponse, &etat, &fini);
    // What the browser keeps of the pages goes; not its cookies, by which it is known the next time.
    let oublier = HeaderValue::from_static(r#""cache", "storage""#);
    reponse.headers_mut().insert(CLEAR_SITE_DATA, oublier);
    reponse
}

/// Where somebody signs in from.
pub fn provenance(reseau: Option<Extension<Reseau>>, entetes: &HeaderMap) -> Provenance {
    Provenance {
        reseau: reseau.map(|Extension(reseau)| reseau),
        appareil: lire_cookie(entetes, APPAREIL).filter(|a| a.len() < 500),
        navigateur: cookies::navigateur(entetes),
        session: lire_jeton(entetes),
    }
}

/// Gives the browser the token of its session, and what says that the account was opened with it.
pub fn accueillir(reponse: &mut Response, etat: &Etat, entree: &Entree) {
    tenir(reponse, etat, &entree.jeton);
    let appareil = Garde {
        nom: APPAREIL,
        valeur: &entree.appareil,
        chemin: "/connexion",
        secondes: APPAREIL_JOURS * 86_400,
    };
    cookies::poser(reponse, etat, &appareil);
}

/// Gives the browser the token of its session, for as long as one may last.
pub fn tenir(reponse: &mut Response, etat: &Etat, jeton: &str) {
    let session = Garde { nom: COOKIE, valeur: jeton, chemin: "/", secondes: DUREE_JOURS * 86_400 };
    cookies::poser(reponse, etat, &session);
}
