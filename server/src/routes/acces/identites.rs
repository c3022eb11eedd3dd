//! Leaving for a platform of the State, coming back, signing out there.

use super::ailleurs;
use super::connexion::{accueillir, provenance};
use super::cookies::{self, Garde};
use crate::routes::formulaires::attente;
use crate::routes::gardes::chemin;
use crate::routes::{Etat, pages};
use app::ssr::{COOKIE_IDENTITES, Reference, lire_cookie};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use backend::Echec;
use backend::acces::identites::retour::{self, Retour, Suite};
use backend::acces::identites::{self, Apres, Depart};
use backend::acces::sessions::Entree;
use backend::acces::tentatives::Reseau;
use domain::Erreur;
use domain::chemin::Chemin;
use domain::identite::{Fournisseur, Refus};
use serde::Deserialize;
use url::form_urlencoded;

/// How long a browser is known, in seconds: longer than all that it may have under way.
const COOKIE_SECONDES: i64 = 3_600;

/// What a browser is known by while it signs in.
pub fn navigateur(entetes: &HeaderMap) -> Option<String> {
    let lu = lire_cookie(entetes, COOKIE_IDENTITES)?;
    (lu.len() == 64 && lu.bytes().all(|b| b.is_ascii_hexdigit())).then_some(lu)
}

fn retenir(reponse: &mut Response, etat: &Etat, navigateur: &str) {
    let garde =
        Garde { nom: COOKIE_IDENTITES, valeur: navigateur, chemin: "/", secondes: COOKIE_SECONDES };
    cookies::poser(reponse, etat, &garde);
}

/// What comes once they are signed in.
#[derive(Deserialize)]
pub struct Formulaire {
    #[serde(default)]
    retour: String,
    #[serde(default)]
    attente: String,
}

/// « S'identifier avec ProConnect ».
pub async fn proconnect(
    etat: State<Etat>,
    reseau: Option<Extension<Reseau>>,
    entetes: HeaderMap,
    form: Form<Formulaire>,
) -> Response {
    partir(Fournisseur::ProConnect, etat, reseau, entetes, form).await
}

/// « S'identifier avec FranceConnect ».
pub async fn franceconnect(
    etat: State<Etat>,
    reseau: Option<Extension<Reseau>>,
    entetes: HeaderMap,
    form: Form<Formulaire>,
) -> Response {
    partir(Fournisseur::FranceConnect, etat, reseau, entetes, form).await
}

async fn partir(
    fournisseur: Fournisseur,
    State(etat): State<Etat>,
    reseau: Option<Extension<Reseau>>,
    entetes: HeaderMap,
    Form(Formulaire { retour, attente }): Form<Formulaire>,
) -> Response {
    // The same for all its tabs: each goes its own way.
    let navigateur = navigateur(&entetes).unwrap_or_else(|| etat.contexte.outils.hasard.secret());
    let apres = Apres { retour, attente };
    let reseau = reseau.map(|Extension(reseau)| reseau);
    let depart = Depart { fournisseur, navigateur: &navigateur, reseau, apres: &apres };
    match identites::partir(&etat.contexte, depart).await {
        Ok(url) => {
            let nom = fournisseur.libelle();
            let phrase = format!("Vous allez vous identifier sur {nom}.");
            let mut reponse = ailleurs::aller(&url, nom, &phrase);
            retenir(&mut reponse, &etat, &navigateur);
            reponse
        }
        Err(echec) => {
            let erreur = echec.pour_l_ecran();
            let champs =
                vec![("retour".to_owned(), apres.retour), ("attente".to_owned(), apres.attente)];
            let page = Chemin::Connexion.patron();
            pages::refuser(&etat, page, entetes, page, champs, erreur).await
        }
    }
}

/// With what a platform sends the person back.
#[derive(Deserialize)]
pub struct Reponse {
    #[serde(default)]
    state: String,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// The person comes back from ProConnect.
pub async fn de_proconnect(
    etat: State<Etat>,
    reference: Option<Extension<Reference>>,
    entetes: HeaderMap,
    reponse: Query<Reponse>,
) -> Response {
    revenir(Fournisseur::ProConnect, etat, reference, entetes, reponse).await
}

/// The person comes back from FranceConnect.
pub async fn de_franceconnect(
    etat: State<Etat>,
    reference: Option<Extension<Reference>>,
    entetes: HeaderMap,
    reponse: Query<Reponse>,
) -> Response {
    revenir(Fournisseur::FranceConnect, etat, reference, entetes, reponse).await
}

/// Whatever comes of it, the browser is sent on at once: no code stays in its history, nor leaves with what comes next.
async fn revenir(
    fournisseur: Fournisseur,
    State(etat): State<Etat>,
    reference: Option<Extension<Reference>>,
    entetes: HeaderMap,
    Query(Reponse { state, code, error, iss }): Query<Reponse>,
) -> Response {
    let navigateur = navigateur(&entetes).unwrap_or_default();
    let plein = |texte: &String| !texte.is_empty();
    let (code, erreur) = (code.filter(plein), error.filter(plein));
    let provenance = provenance(None, &entetes);
    let retour = Retour {
        fournisseur,
        navigateur: &navigateur,
        etat: &state,
        code: code.as_deref(),
        erreur: erreur.as_deref(),
        emetteur: iss.as_deref(),
        provenance: &provenance,
    };
    match retour::revenir(&etat.contexte, retour).await {
        Ok(Suite::Entre(entree, apres)) => entrer(&etat, entetes, &entree, &apres).await,
        Ok(Suite::Encore(url)) => {
            let mut reponse = Redirect::to(url.as_str()).into_response();
            retenir(&mut reponse, &etat, &navigateur);
            reponse
        }
        Ok(Suite::Rattachement) => {
            let mut reponse = Redirect::to(Chemin::Rattachement.patron()).into_response();
            retenir(&mut reponse, &etat, &navigateur);
            reponse
        }
        Err(echec) => {
            let reference = reference.map(|Extension(reference)| reference);
            Redirect::to(&pourquoi(fournisseur, echec, reference.as_ref())).into_response()
        }
    }
}

/// The page to sign in at, that says why it did not work.
fn pourquoi(fournisseur: Fournisseur, echec: Echec, reference: Option<&Reference>) -> String {
    let refus = match echec.pour_l_ecran() {
        Erreur::Identite { refus, .. } => refus,
        _ => Refus::Inconnu,
    };
    let mut champs = form_urlencoded::Serializer::new(String::new());
    champs.append_pair("plateforme", fournisseur.code()).append_pair("refus", refus.code());
    if let Some(reference) = reference.filter(|_| refus.a_signaler()) {
        champs.append_pair("reference", &reference.to_string());
    }
    format!("{}?{}", Chemin::Connexion, champs.finish())
}

/// Gives the browser its session, and takes it where it was going.
pub async fn entrer(etat: &Etat, entetes: HeaderMap, entree: &Entree, apres: &Apres) -> Response {
    let retour = chemin::local_ou_accueil(&apres.retour);
    let mut reponse = attente::suite(etat, entetes, &entree.jeton, &apres.attente, &retour).await;
    accueillir(&mut reponse, etat, entree);
    let fini = Garde { nom: COOKIE_IDENTITES, valeur: "", chemin: "/", secondes: 0 };
    cookies::poser(&mut reponse, etat, &fini);
    reponse
}

/// The person comes back from the platform, where they signed out as well: whatever it says, they are out of here
/// already.
pub async fn sorti() -> Redirect {
    Redirect::to(Chemin::Connexion.patron())
}
