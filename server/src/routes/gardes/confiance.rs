//! What stands before all that is an agent's: a session that proves too little is sent to « Confirmez que c'est bien vous »,
//! unless its browser is trusted.
//!
//! What is an agent's is known by its address ([`d_agent`]). Rights do not depend on it: a session that proves too little
//! has none of an agent's ([`backend::acces::autorisations`]); here is said why, and what to do.

use crate::routes::Etat;
use crate::routes::acces::confirmation::CONFIANCE;
use crate::routes::erreurs;
use crate::routes::gardes::chemin;
use app::erreur::ErreurApp;
use app::ssr::{lire_cookie, lire_jeton};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use backend::acces::navigateurs;
use backend::acces::visites::Visite;
use domain::Erreur;
use domain::chemin::{Chemin, d_agent};
use leptos::server_fn::error::FromServerFnError;
use url::form_urlencoded;

/// Lets through who may.
pub async fn exiger(State(etat): State<Etat>, mut requete: Request, suite: Next) -> Response {
    let jeton = lire_jeton(requete.headers()).filter(|_| d_agent(requete.uri().path()));
    let Some(jeton) = jeton else { return suite.run(requete).await };
    // What is read here serves the page.
    let visite = Visite::default();
    requete.extensions_mut().insert(visite.clone());
    let visiteur = match visite.visiteur(&etat.contexte, &jeton).await {
        Ok(visiteur) if visiteur.a_confirmer() => visiteur,
        // Who may, who is not signed in, and what could not be read, which the page says.
        _ => return suite.run(requete).await,
    };
    if let Some(cookie) = lire_cookie(requete.headers(), CONFIANCE) {
        let acteur = &visiteur.acteur;
        match navigateurs::reconnaitre(&etat.contexte, acteur, &jeton, &cookie).await {
            Ok(true) => {
                requete.extensions_mut().insert(Visite::default());
                return suite.run(requete).await;
            }
            Ok(false) => {}
            Err(erreur) => tracing::error!(%erreur, "a browser could not be recognized"),
        }
    }
    refuser(&etat, &requete)
}

/// Sends to the page that says why, and back; a program is told so.
fn refuser(etat: &Etat, requete: &Request) -> Response {
    let lue = matches!(*requete.method(), Method::GET | Method::HEAD);
    let page = if lue {
        requete.uri().path_and_query().map(|page| page.as_str().to_owned())
    } else {
        chemin::de_la_page(requete.headers(), &etat.contexte.outils.reglages.app_url)
    };
    if !lue && !veut_une_page(requete.headers()) {
        let erreur = ErreurApp::Metier(Erreur::AConfirmer);
        return (erreurs::statut(erreur.statut_http()), erreur.ser()).into_response();
    }
    let retour = page.unwrap_or_else(|| Chemin::Accueil.to_string());
    let retour: String = form_urlencoded::byte_serialize(retour.as_bytes()).collect();
    Redirect::to(&format!("{}?retour={retour}", Chemin::Confirmation)).into_response()
}

fn veut_une_page(entetes: &HeaderMap) -> bool {
    let accepte = entetes.get(header::ACCEPT).and_then(|valeur| valeur.to_str().ok());
    accepte.is_some_and(|accepte| accepte.contains("text/html"))
}
