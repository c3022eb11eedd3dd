//! « Ajouter à mon agenda (.ics) ».

use super::fichier;
use crate::routes::Etat;
use crate::routes::acces::connecte::Connecte;
use crate::routes::erreurs::EchecHttp;
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use backend::acces::tentatives::Reseau;
use backend::demarches_simplifiees::liens;
use backend::rendez_vous::calendriers;
use domain::Erreur;
use domain::role::{Acteur, Role};

/// The type of files for calendars.
pub const CALENDRIER: &str = "text/calendar; charset=utf-8";

/// The file of a rendez-vous, for the usager.
pub async fn usager(
    etat: State<Etat>,
    qui: Connecte,
    quoi: Path<(String, String)>,
) -> Result<Response, EchecHttp> {
    lire(etat.0, qui.acteur, Role::Usager, quoi.0).await
}

/// The same, for an instructeur.
pub async fn instructeur(
    etat: State<Etat>,
    qui: Connecte,
    quoi: Path<(String, String)>,
) -> Result<Response, EchecHttp> {
    lire(etat.0, qui.acteur, Role::Instructeur, quoi.0).await
}

/// The same, for whoever holds the personal link of a proposition.
pub async fn par_lien(
    State(etat): State<Etat>,
    reseau: Option<Extension<Reseau>>,
    Path((secret, rdv)): Path<(String, String)>,
) -> Result<Response, EchecHttp> {
    let rdv = rdv.parse().map_err(|_| Erreur::Introuvable)?;
    let reseau = reseau.map(|Extension(reseau)| reseau);
    let lu = liens::fichier(&etat.contexte, &secret, rdv, reseau).await?;
    let mut reponse = fichier(lu.texte, CALENDRIER, &lu.nom);
    let discretion = HeaderValue::from_static("no-referrer");
    reponse.headers_mut().insert(header::REFERRER_POLICY, discretion);
    Ok(reponse)
}

async fn lire(
    etat: Etat,
    acteur: Acteur,
    cote: Role,
    (numero, rdv): (String, String),
) -> Result<Response, EchecHttp> {
    let numero = numero.parse().map_err(|_| Erreur::Introuvable)?;
    let rdv = rdv.parse().map_err(|_| Erreur::Introuvable)?;
    let (db, reglages) = (etat.contexte.base.lire(), &etat.contexte.outils.reglages);
    let lu = calendriers::fichier::lire(db, reglages, &acteur, cote, numero, rdv).await?;
    Ok(fichier(lu.texte, CALENDRIER, &lu.nom))
}
