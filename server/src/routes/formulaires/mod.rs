//! Server functions over HTTP: called by the browser's WASM, or posted by a plain form.
//!
//! A plain form that is refused is shown again with what was typed and why, at its own address.

pub mod attente;
mod multipart;

use super::acces::connecte;
use super::acces::cookies::{self, Garde};
use super::erreurs::EchecHttp;
use super::gardes::chemin;
use super::pages::{self, panne};
use super::{Etat, erreurs};
use app::api::expert::RendreAvis;
use app::depart::Refus;
use app::erreur::ErreurApp;
use app::ssr::{COOKIE_FAIT, FichiersRecus, lire_jeton};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::ids::CompteId;
use domain::proposition::Intention;
use domain::{Champ, Erreur};
use leptos::prelude::provide_context;
use leptos::server_fn::ServerFn;
use leptos::server_fn::error::{FromServerFnError, ServerFnUrlError};
use multipart::Emetteur;
pub use multipart::limite;
use url::Url;

/// The largest form taken: 10 000 characters of any alphabet, encoded, with room to spare.
const TAILLE_MAX: usize = 512 * 1024;

/// What server functions take for the page that holds the form, and send it back to: no page of ours, so that it can't
/// be taken for one that they chose, and always there, so that a refusal is always said.
const RENVOI: &str = "http://renvoi.invalid/";

/// Runs a server function. A form with files is given to it as one without, its files beside.
pub async fn executer(State(etat): State<Etat>, requete: Request) -> Response {
    let (mut parts, corps) = requete.into_parts();
    let mut retenu = None;
    let lu = match limite(&parts.headers) {
        Some(limite) => {
            let emetteur = emetteur(&etat, &parts).await;
            let compte = match &emetteur {
                Emetteur::Compte(compte) => Some(*compte),
                _ => None,
            };
            retenu = multipart::compter(&etat.contexte, &parts, compte).err();
            let (emetteur, retenue) = (emetteur, retenu.clone());
            let emetteur = match (retenue, compte) {
                // Their form is read to its end, without its files: it is shown again.
                (Some(_), Some(_)) => Emetteur::Retenu,
                (Some(erreur), None) => return EchecHttp::from(erreur).into_response(),
                (None, _) => emetteur,
            };
            multipart::lire(&limite, corps, TAILLE_MAX, (&etat.contexte, emetteur)).await
        }
        None => to_bytes(corps, TAILLE_MAX)
            .await
            .map(|corps| (corps, FichiersRecus::default()))
            .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE),
    };
    let (corps, fichiers) = match lu {
        Ok(lu) => lu,
        // The form does not say who it was shown to: nothing of it is kept.
        Err(StatusCode::UNAUTHORIZED) => {
            let page = page_d_origine(&etat, &parts.headers, &Bytes::new());
            let page = page.unwrap_or_else(|| "/".to_owned());
            let rien = FichiersRecus::default();
            return attente::demander(&etat, &parts, &Bytes::new(), page, &rien).await;
        }
        Err(StatusCode::NOT_FOUND) => {
            let erreur = ErreurApp::Metier(Erreur::Introuvable);
            let rien = FichiersRecus::default();
            return montrer_a_nouveau(&etat, &parts, &Bytes::new(), &rien, erreur).await;
        }
        Err(statut) => return refuser(statut),
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    if limite(&parts.headers).is_some() {
        parts.headers.insert(header::CONTENT_TYPE, multipart::SANS_FICHIERS);
    }
    match retenu {
        Some(erreur) => montrer_a_nouveau(&etat, &parts, &corps, &fichiers, erreur.into()).await,
        None => traiter(&etat, parts, corps, fichiers).await,
    }
}

/// Runs a server function with a form without files, its files beside.
pub async fn traiter(etat: &Etat, parts: Parts, corps: Bytes, fichiers: FichiersRecus) -> Response {
    let reponse = appeler(etat, parts.clone(), corps.clone(), fichiers.clone()).await;
    match erreur_du_renvoi(&reponse) {
        Some(erreur) => montrer_a_nouveau(etat, &parts, &corps, &fichiers, erreur).await,
        None => {
            let page = page_d_origine(etat, &parts.headers, &corps);
            let mut reponse = avec_statut_juste(vers_une_page_nette(reponse, page)).await;
            if reponse.status() == StatusCode::SEE_OTHER {
                retenir(&mut reponse, etat, &ce_qui_est_fait(parts.uri.path(), &corps));
            }
            reponse
        }
    }
}

async fn appeler(etat: &Etat, parts: Parts, corps: Bytes, fichiers: FichiersRecus) -> Response {
    let contexte = etat.contexte.clone();
    let mut requete = Request::from_parts(parts, Body::from(corps));
    requete.headers_mut().insert(header::REFERER, HeaderValue::from_static(RENVOI));
    leptos_axum::handle_server_fns_with_context(
        move || {
            provide_context(contexte.clone());
            provide_context(fichiers.clone());
        },
        requete,
    )
    .await
    .into_response()
}

/// The form that was taken: its action, and which one where a page has one for each groupe, or what it was for.
fn ce_qui_est_fait(action: &str, corps: &[u8]) -> String {
    let champ = |voulu: &str| {
        url::form_urlencoded::parse(corps).find(|(nom, _)| nom == voulu).map(|(_, valeur)| valeur)
    };
    let groupe = champ("groupe").and_then(|groupe| groupe.parse::<i64>().ok());
    let intention = champ("intention").and_then(|intention| Intention::from_code(&intention));
    match (groupe, intention) {
        (Some(groupe), _) => format!("{action}#{groupe}"),
        (None, Some(intention)) => format!("{action}#{}", intention.code()),
        (None, None) => action.to_owned(),
    }
}

/// So that the page that the browser is sent to says that the form was taken: a cookie, which that page clears.
fn retenir(reponse: &mut Response, etat: &Etat, fait: &str) {
    let garde = Garde { nom: COOKIE_FAIT, valeur: fait, chemin: "/", secondes: 30 };
    cookies::poser(reponse, etat, &garde);
}

/// Nobody but those signed in may send us much, those whose form was shown to them as they were, and an expert with
/// their link.
async fn emetteur<'a>(etat: &'a Etat, parts: &Parts) -> Emetteur<'a> {
    if parts.uri.path() == RendreAvis::url() {
        Emetteur::Lien(&etat.contexte)
    } else if let Some(compte) = connecte(etat, &parts.headers).await {
        Emetteur::Compte(compte)
    } else {
        Emetteur::SansSession(etat)
    }
}

async fn connecte(etat: &Etat, entetes: &HeaderMap) -> Option<CompteId> {
    let jeton = lire_jeton(entetes)?;
    connecte::acteur(etat, &jeton).await.ok().map(|acteur| acteur.compte)
}

/// What can't be shown beside a field, because it was not read to its end.
fn refuser(statut: StatusCode) -> Response {
    let texte = match statut {
        StatusCode::PAYLOAD_TOO_LARGE => {
            "Ce que vous envoyez est trop volumineux. Revenez à la page précédente et joignez des fichiers plus petits."
        }
        StatusCode::SERVICE_UNAVAILABLE => {
            "Le service est momentanément indisponible. Revenez à la page précédente et réessayez dans quelques minutes."
        }
        _ => {
            "Les fichiers n'ont pas été reçus en entier. Revenez à la page précédente et réessayez."
        }
    };
    (statut, texte).into_response()
}

/// After a plain form was taken, the browser is sent back to its page, unless the server function sends it elsewhere
/// on this site.
fn vers_une_page_nette(mut reponse: Response, page: Option<String>) -> Response {
    let lieu = reponse.headers().get(header::LOCATION).and_then(|lieu| lieu.to_str().ok());
    let lieu = match lieu {
        None => return reponse,
        Some(lieu) if lieu.starts_with(RENVOI) => page.unwrap_or_else(|| "/".to_owned()),
        Some(lieu) => chemin::local_ou_accueil(lieu),
    };
    if let Ok(lieu) = HeaderValue::from_str(&lieu) {
        if reponse.status().is_redirection() {
            *reponse.status_mut() = StatusCode::SEE_OTHER;
        }
        reponse.headers_mut().insert(header::LOCATION, lieu);
    }
    reponse
}

/// The error that a refused plain form carries in the address it is sent back to.
fn erreur_du_renvoi(reponse: &Response) -> Option<ErreurApp> {
    if !reponse.status().is_redirection() {
        return None;
    }
    let lieu = reponse.headers().get(header::LOCATION)?.to_str().ok()?;
    let lieu = Url::parse(lieu).ok().filter(|_| lieu.starts_with(RENVOI))?;
    let (_, erreur) = lieu.query_pairs().find(|(nom, _)| nom == "__err")?;
    Some(ServerFnUrlError::<ErreurApp>::decode_err(&erreur))
}

async fn montrer_a_nouveau(
    etat: &Etat,
    parts: &Parts,
    corps: &Bytes,
    fichiers: &FichiersRecus,
    erreur: ErreurApp,
) -> Response {
    let statut = erreurs::statut(erreur.statut_http());
    let delai = erreur.attente().map(erreurs::attente);
    let page = page_d_origine(etat, &parts.headers, corps);
    if statut == StatusCode::UNAUTHORIZED {
        let page = page.unwrap_or_else(|| "/".to_owned());
        return attente::demander(etat, parts, corps, page, fichiers).await;
    }
    let champs: Vec<(String, String)> = url::form_urlencoded::parse(corps)
        .filter(|(nom, _)| Champ::se_montre(nom))
        .map(|(nom, valeur)| (nom.into_owned(), valeur.into_owned()))
        .collect();
    let nom = &etat.contexte.outils.reglages.nom;
    let mut sans_page = panne::formulaire_refuse(nom, statut, &erreur.to_string(), &champs);
    sans_page.headers_mut().extend(delai.clone());
    let Some(page) = page else { return sans_page };
    let refus = Refus { action: parts.uri.path().to_owned(), champs, erreur };
    let mut reponse = pages::afficher_refus(etat, &page, parts.headers.clone(), refus).await;
    // That page has no form to show again: it is not there, or leads elsewhere.
    let perdue = reponse.status() == StatusCode::NOT_FOUND && statut != StatusCode::NOT_FOUND;
    if reponse.status().is_redirection() || perdue {
        return sans_page;
    }
    if reponse.status().is_success() {
        *reponse.status_mut() = statut;
    }
    reponse.headers_mut().extend(delai);
    reponse
}

/// Path and query of the page that held the form, as the form says it; the browser does not say it right
/// when the page was itself shown by a refusal.
fn page_d_origine(etat: &Etat, entetes: &HeaderMap, corps: &Bytes) -> Option<String> {
    url::form_urlencoded::parse(corps)
        .find(|(nom, _)| nom == "page")
        .and_then(|(_, page)| chemin::local(&page))
        .or_else(|| chemin::de_la_page(entetes, &etat.contexte.outils.reglages.app_url))
}

/// Gives a refusal the status that says what it is, instead of « 500 » for everything.
async fn avec_statut_juste(reponse: Response) -> Response {
    if reponse.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return reponse;
    }
    let (mut parts, corps) = reponse.into_parts();
    let Ok(corps) = to_bytes(corps, TAILLE_MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let erreur = ErreurApp::de(corps.clone());
    parts.status = erreurs::statut(erreur.statut_http());
    parts.headers.extend(erreur.attente().map(erreurs::attente));
    Response::from_parts(parts, Body::from(corps))
}
