//! Filing a dossier.

use super::Reponse;
use domain::ids::{DemarcheNumero, DossierNumero};
use domain::vues::{Formulaire, PresentationDepot};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What somebody reads before they begin, signed in or not.
#[server(name = LirePresentation, prefix = "/api", endpoint = "depot/presentation")]
pub async fn presentation(demarche: DemarcheNumero) -> Reponse<PresentationDepot> {
    let (ici, acteur) = crate::ssr::ici_ou_personne().await?;
    let maintenant = ici.horloge.maintenant();
    let db = ici.base.lire();
    Ok(backend::depots::presentation(db, acteur.as_ref(), demarche, maintenant).await?)
}

/// « Commencer la démarche »: leads to the draft.
#[server(prefix = "/api", endpoint = "depot/commencer")]
pub async fn commencer(demarche: DemarcheNumero) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let numero = backend::depots::commencer(&tx, &ici.acteur, demarche, ici.maintenant()).await?;
    tx.valider().await?;
    leptos_axum::redirect(&format!("/brouillons/{numero}"));
    Ok(())
}

/// The form of a draft.
#[server(prefix = "/api", endpoint = "depot/formulaire")]
pub async fn formulaire_du_brouillon(dossier: DossierNumero) -> Reponse<Formulaire> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::depots::formulaire(&ici.db, &ici.acteur, dossier).await?)
}

/// « Enregistrer le brouillon ».
#[server(prefix = "/api", endpoint = "depot/enregistrer")]
pub async fn enregistrer_brouillon(
    dossier: DossierNumero,
    version: i32,
    prenom: String,
    nom: String,
    #[server(default)] champs: BTreeMap<String, String>,
    #[server(default)] retirer: BTreeMap<String, String>,
) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let saisies = ici.saisies(prenom, nom, &champs, &retirer);
    let tx = ici.ecrire().await?;
    let maintenant = ici.maintenant();
    let (outils, acteur) = (&ici.outils, &ici.acteur);
    backend::depots::enregistrer(&tx, outils, acteur, dossier, version, saisies, maintenant)
        .await?;
    Ok(tx.valider().await?)
}

/// « Déposer le dossier »: leads to it.
#[server(prefix = "/api", endpoint = "depot/deposer")]
pub async fn deposer_dossier(
    dossier: DossierNumero,
    version: i32,
    prenom: String,
    nom: String,
    #[server(default)] champs: BTreeMap<String, String>,
    #[server(default)] retirer: BTreeMap<String, String>,
) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let saisies = ici.saisies(prenom, nom, &champs, &retirer);
    let tx = ici.ecrire().await?;
    let maintenant = ici.maintenant();
    let (outils, acteur) = (&ici.outils, &ici.acteur);
    backend::depots::deposer(&tx, outils, acteur, dossier, version, saisies, maintenant).await?;
    tx.valider().await?;
    leptos_axum::redirect(&format!("/dossiers/{dossier}/resume"));
    Ok(())
}

/// « Supprimer le brouillon »: leads to « Mes dossiers ».
#[server(prefix = "/api", endpoint = "depot/supprimer")]
pub async fn supprimer_brouillon(dossier: DossierNumero) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::depots::supprimer_brouillon(&tx, &ici.acteur, dossier, ici.maintenant()).await?;
    tx.valider().await?;
    leptos_axum::redirect("/dossiers");
    Ok(())
}
