//! « Votre session a expiré »: a form that came without a session waits for its person to sign in, then goes on.

use crate::routes::acces::connecte;
use crate::routes::gardes::chemin;
use crate::routes::{Etat, formulaires, pages};
use app::ssr::{COOKIE, FichiersRecus};
use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Request, header};
use axum::response::Response;
use backend::Echec;
use backend::acces::formulaires_en_attente::{self, Formulaire};
use domain::Erreur;
use domain::ids::CompteId;

/// The field of a form that says who it was shown to.
const PREUVE: &str = "preuve";

/// The field of the form to sign in that says which form waits.
const ATTENTE: &str = "attente";

/// Whose form it is, by its fields.
pub fn auteur<'a>(
    etat: &Etat,
    champs: impl Iterator<Item = (&'a str, &'a str)>,
) -> Option<CompteId> {
    let contexte = &etat.contexte;
    let mut champs = champs.filter(|(nom, _)| *nom == PREUVE);
    let (_, preuve) = champs.next()?;
    formulaires_en_attente::montre_a(&contexte.outils, preuve, contexte.horloge.maintenant())
}

/// Asks whoever sent a form to sign in. What is theirs is kept meanwhile.
pub async fn demander(
    etat: &Etat,
    parts: &Parts,
    corps: &Bytes,
    page: String,
    fichiers: &FichiersRecus,
) -> Response {
    let champs: Vec<(String, String)> = url::form_urlencoded::parse(corps).into_owned().collect();
    let a_qui = auteur(etat, champs.iter().map(|(nom, valeur)| (nom.as_str(), valeur.as_str())));
    let mut montres = vec![("retour".to_owned(), page.clone())];
    let mut erreur = Erreur::NonConnecte;
    if let Some(compte) = a_qui {
        let formulaire = Formulaire {
            action: parts.uri.path().to_owned(),
            page,
            champs: String::from_utf8_lossy(corps).into_owned(),
            fichiers: fichiers.prendre_tous(),
        };
        match garder(etat, compte, formulaire).await {
            Ok(jeton) => montres.push((ATTENTE.to_owned(), jeton)),
            Err(echec) => erreur = echec.pour_l_ecran(),
        }
    }
    afficher(etat, parts.headers.clone(), montres, erreur).await
}

async fn garder(etat: &Etat, compte: CompteId, formulaire: Formulaire) -> Result<String, Echec> {
    let contexte = &etat.contexte;
    let maintenant = contexte.horloge.maintenant();
    formulaires_en_attente::garder(&contexte.base, &contexte.outils, compte, formulaire, maintenant)
        .await
}

/// The page to sign in at, with what it must remember.
async fn afficher(
    etat: &Etat,
    entetes: HeaderMap,
    champs: Vec<(String, String)>,
    erreur: Erreur,
) -> Response {
    let page = "/connexion";
    pages::refuser(etat, page, entetes, page, champs, erreur).await
}

/// « J'ai ouvert une session dans un autre onglet »: goes on with the form that waits, if it is so.
pub async fn continuer(
    etat: &Etat,
    entetes: HeaderMap,
    jeton: Option<String>,
    attente: &str,
    retour: String,
) -> Response {
    let ouverte = match &jeton {
        Some(jeton) => connecte::acteur(etat, jeton).await.is_ok(),
        None => false,
    };
    match jeton.filter(|_| ouverte) {
        Some(jeton) => {
            suite(etat, entetes, &jeton, attente, &chemin::local_ou_accueil(&retour)).await
        }
        None => {
            let champs =
                vec![("retour".to_owned(), retour), (ATTENTE.to_owned(), attente.to_owned())];
            afficher(etat, entetes, champs, Erreur::NonConnecte).await
        }
    }
}

/// What follows once somebody is signed in with `jeton`: the form that waited for them is taken as if it had just been
/// posted; without one, they go back to where they were.
pub async fn suite(
    etat: &Etat,
    entetes: HeaderMap,
    jeton: &str,
    attente: &str,
    retour: &str,
) -> Response {
    use axum::response::{IntoResponse, Redirect};
    let ailleurs = || Redirect::to(retour).into_response();
    if attente.is_empty() {
        return ailleurs();
    }
    match reprendre(etat, jeton, attente).await {
        Ok(Some(formulaire)) => rejouer(etat, entetes, jeton, formulaire).await,
        Ok(None) => ailleurs(),
        Err(erreur) => {
            tracing::error!(%erreur, "a form that waits could not be read");
            ailleurs()
        }
    }
}

async fn reprendre(etat: &Etat, jeton: &str, attente: &str) -> Result<Option<Formulaire>, Echec> {
    let acteur = connecte::acteur(etat, jeton).await?;
    formulaires_en_attente::reprendre(&etat.contexte, &acteur, attente).await
}

async fn rejouer(etat: &Etat, entetes: HeaderMap, jeton: &str, formulaire: Formulaire) -> Response {
    let Formulaire { action, page, champs, fichiers } = formulaire;
    let mut requete = Request::new(());
    *requete.method_mut() = Method::POST;
    *requete.uri_mut() = action.parse().unwrap_or_default();
    *requete.headers_mut() = entetes;
    let recus = requete.headers_mut();
    recus.remove(header::CONTENT_LENGTH);
    let type_ = HeaderValue::from_static("application/x-www-form-urlencoded");
    recus.insert(header::CONTENT_TYPE, type_);
    // As a browser says it, for the server function sends it back there.
    let depuis = etat.contexte.outils.reglages.app_url.join(&page);
    if let Some(Ok(depuis)) = depuis.ok().map(|url| HeaderValue::from_str(url.as_str())) {
        recus.insert(header::REFERER, depuis);
    }
    if let Ok(cookie) = HeaderValue::from_str(&cookies(recus, jeton)) {
        recus.insert(header::COOKIE, cookie);
    }
    let (parts, ()) = requete.into_parts();
    formulaires::traiter(etat, parts, champs.into(), FichiersRecus::new(fichiers)).await
}

/// The cookies of a request, with another session.
fn cookies(entetes: &HeaderMap, jeton: &str) -> String {
    let session = format!("{COOKIE}=");
    let autres = entetes
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|valeur| valeur.to_str().ok())
        .flat_map(|valeur| valeur.split(';'))
        .map(str::trim)
        .filter(|paire| !paire.is_empty() && !paire.starts_with(&session))
        .map(ToOwned::to_owned);
    autres.chain([format!("{session}{jeton}")]).collect::<Vec<_>>().join("; ")
}
