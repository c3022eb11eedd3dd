//! « Ajouter à mon agenda (.ics) ».

use super::fichier;
use crate::routes::Etat;
use crate::routes::acces::connecte::Connecte;
use crate::routes::erreurs::EchecHttp;
use axum::extract::{Path, State};
use axum::response::Response;
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
