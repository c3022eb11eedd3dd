//! An identity that no account is known for: the forms that say which is theirs. They open a session.

use super::connexion::provenance;
use super::identites::{entrer, navigateur};
use crate::routes::{Etat, pages};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use backend::Echec;
use backend::acces::identites::Apres;
use backend::acces::identites::rattachement::{self, Choix};
use backend::acces::sessions::Entree;
use backend::acces::tentatives::Reseau;
use domain::chemin::Chemin;
use serde::Deserialize;

/// What the forms hold.
#[derive(Deserialize)]
pub struct Formulaire {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    jeton: String,
}

/// « Se connecter et rattacher ».
pub async fn par_mot_de_passe(
    State(etat): State<Etat>,
    reseau: Option<Extension<Reseau>>,
    entetes: HeaderMap,
    Form(Formulaire { email, password, .. }): Form<Formulaire>,
) -> Response {
    let navigateur = navigateur(&entetes).unwrap_or_default();
    let (contexte, ici) = (&etat.contexte, provenance(reseau, &entetes));
    let fait = rattachement::par_mot_de_passe(contexte, &navigateur, &email, &password, &ici).await;
    let ici = (Chemin::Rattachement.to_string(), Chemin::RattacherParMotDePasse);
    finir(&etat, entetes, fait, ici, email).await
}

/// « Continuer avec cette adresse ».
pub async fn par_adresse(
    State(etat): State<Etat>,
    reseau: Option<Extension<Reseau>>,
    entetes: HeaderMap,
    Form(Formulaire { email, .. }): Form<Formulaire>,
) -> Response {
    let navigateur = navigateur(&entetes).unwrap_or_default();
    let ici = provenance(reseau, &entetes);
    let fait = match rattachement::par_adresse(&etat.contexte, &navigateur, &email, &ici).await {
        Ok(Choix::Envoye) => {
            return Redirect::to(Chemin::RattachementEnvoye.patron()).into_response();
        }
        Ok(Choix::Entre(entree, apres)) => Ok((entree, apres)),
        Err(echec) => Err(echec),
    };
    let ici = (Chemin::Rattachement.to_string(), Chemin::RattacherParAdresse);
    finir(&etat, entetes, fait, ici, email).await
}

/// The button of the page of a link.
pub async fn par_lien(
    State(etat): State<Etat>,
    entetes: HeaderMap,
    Form(Formulaire { jeton, .. }): Form<Formulaire>,
) -> Response {
    let navigateur = navigateur(&entetes).unwrap_or_default();
    // A token is hexadecimal: anything else is left out of the address.
    let jeton: String = jeton.chars().filter(char::is_ascii_hexdigit).take(128).collect();
    let ici = provenance(None, &entetes);
    let fait = rattachement::par_lien(&etat.contexte, &navigateur, &jeton, &ici).await;
    let ici = (Chemin::LienDeRattachement(&jeton).to_string(), Chemin::RattacherParLien);
    finir(&etat, entetes, fait, ici, String::new()).await
}

async fn finir(
    etat: &Etat,
    entetes: HeaderMap,
    fait: Result<(Entree, Apres), Echec>,
    (page, action): (String, Chemin<'_>),
    email: String,
) -> Response {
    match fait {
        Ok((entree, apres)) => entrer(etat, entetes, &entree, &apres).await,
        Err(echec) => {
            let erreur = echec.pour_l_ecran();
            let champs = vec![("email".to_owned(), email)];
            pages::refuser(etat, &page, entetes, action.patron(), champs, erreur).await
        }
    }
}
