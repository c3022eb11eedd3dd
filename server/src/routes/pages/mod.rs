//! The pages of the interface, rendered by the server.

pub mod affichage;
pub mod boite;
pub mod fichiers;
pub mod panne;

use super::Etat;
use super::acces::connexion;
use super::erreurs::{self, Introuvable};
use super::gardes::{delais, securite};
use app::depart::Refus;
use app::ssr::lire_jeton;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use backend::Contexte;
use backend::acces::visites::Visite;
use domain::Erreur;
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::{
    AxumRouteListing, LeptosRoutes, ResponseOptions,
    generate_route_list_with_exclusions_and_ssg_and_context, render_app_async_with_context,
};

/// The pages of the interface, and the page of what does not exist.
pub fn routes(etat: &Etat) -> Router<Etat> {
    let contexte = etat.contexte.clone();
    let (options, fichiers) = (etat.options.clone(), etat.fichiers.clone());
    Router::new()
        .leptos_routes_with_context(
            etat,
            liste(&etat.contexte),
            move || preparer(&contexte, None),
            move || app::shell(options.clone(), fichiers.clone()),
        )
        .layer(middleware::from_fn(delais::des_pages))
        .layer(middleware::from_fn_with_state(etat.clone(), recevoir))
        .fallback(introuvable)
}

/// Leaves a [`Visite`] with the request, unless it has one: its own, so that nothing of another one is ever shown. The cookie
/// of a session that lasts longer, because it was used, lasts as long.
async fn recevoir(State(etat): State<Etat>, mut requete: Request, suite: Next) -> Response {
    let jeton = lire_jeton(requete.headers());
    let visite = requete.extensions().get::<Visite>().cloned().unwrap_or_default();
    requete.extensions_mut().insert(visite.clone());
    let mut reponse = suite.run(requete).await;
    if let Some(jeton) = jeton.filter(|_| visite.deja().is_some_and(|visiteur| visiteur.revue)) {
        connexion::tenir(&mut reponse, &etat, &jeton);
    }
    reponse
}

/// The addresses of the pages.
fn liste(contexte: &Contexte) -> Vec<AxumRouteListing> {
    let contexte = contexte.clone();
    let (pages, _) = generate_route_list_with_exclusions_and_ssg_and_context(
        app::App,
        // Server functions have a handler of our own: `formulaires`.
        Some(server_fn_paths().map(|(chemin, _)| chemin.to_owned()).collect()),
        move || provide_context(contexte.clone()),
    );
    pages
}

/// The same, as patterns: `/dossiers/{numero}/demande`.
#[cfg(test)]
pub fn chemins(contexte: &Contexte) -> Vec<String> {
    liste(contexte)
        .iter()
        .filter(|page| page.methods().next().is_some())
        .map(|page| page.path().to_owned())
        .collect()
}

/// The page of what does not exist.
pub async fn introuvable(State(etat): State<Etat>, requete: Request) -> Response {
    afficher(&etat, requete, None).await
}

/// Shows the page at `chemin` again, with the form that was refused.
pub async fn afficher_refus(
    etat: &Etat,
    chemin: &str,
    entetes: HeaderMap,
    refus: Refus,
) -> Response {
    let mut requete = Request::new(Body::empty());
    *requete.uri_mut() = chemin.parse().unwrap_or_else(|_| Uri::from_static("/"));
    *requete.headers_mut() = entetes;
    for nom in [header::CONTENT_LENGTH, header::CONTENT_TYPE] {
        requete.headers_mut().remove(nom);
    }
    afficher(etat, requete, Some(refus)).await
}

/// Shows the page at `page` again, with the form posted to `action` and why it was refused.
pub async fn refuser(
    etat: &Etat,
    page: &str,
    entetes: HeaderMap,
    action: &str,
    champs: Vec<(String, String)>,
    erreur: Erreur,
) -> Response {
    let statut = erreurs::statut(erreur.statut_http());
    let delai = erreurs::delai(&erreur);
    let refus = Refus { action: action.to_owned(), champs, erreur: erreur.into() };
    let mut reponse = afficher_refus(etat, page, entetes, refus).await;
    reponse.headers_mut().extend(delai);
    if reponse.status().is_success() {
        *reponse.status_mut() = statut;
    }
    reponse
}

/// Shows the page of what does not exist to whoever asked for a file that does not, or that is not theirs.
pub async fn dire_introuvable(State(etat): State<Etat>, requete: Request, suite: Next) -> Response {
    let (parts, corps) = requete.into_parts();
    let page = Request::from_parts(parts.clone(), Body::empty());
    let reponse = suite.run(Request::from_parts(parts, corps)).await;
    match reponse.extensions().get::<Introuvable>() {
        Some(_) => afficher(&etat, page, None).await,
        None => reponse,
    }
}

async fn afficher(etat: &Etat, mut requete: Request, refus: Option<Refus>) -> Response {
    requete.extensions_mut().insert(Visite::default());
    let (contexte, options) = (etat.contexte.clone(), etat.options.clone());
    let fichiers = etat.fichiers.clone();
    let rendre = render_app_async_with_context(
        move || preparer(&contexte, refus.as_ref()),
        move || app::shell(options.clone(), fichiers.clone()),
    );
    // « CONNECT exemple.org:443 » and the like ask for no page.
    if requete.uri().path_and_query().is_none() {
        return StatusCode::NOT_FOUND.into_response();
    }
    delais::page(rendre(requete)).await
}

/// What a page finds around it while it is rendered, and the policy that the browser enforces on it.
fn preparer(contexte: &Contexte, refus: Option<&Refus>) {
    provide_context(contexte.clone());
    if let Some(refus) = refus {
        provide_context(refus.clone());
    }
    if let (Some(nonce), Some(reponse)) = (use_nonce(), use_context::<ResponseOptions>()) {
        let politique = securite::politique(&nonce);
        if let Ok(valeur) = HeaderValue::from_str(&politique) {
            reponse.insert_header(header::CONTENT_SECURITY_POLICY, valeur);
        }
    }
}
