//! Filing a dossier.

use crate::api::Reponse;
use chrono::NaiveDateTime;
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
    Ok(backend::dossier::usager::depots::presentation(db, acteur.as_ref(), demarche, maintenant)
        .await?)
}

/// « Commencer la démarche »: leads to the draft.
#[server(prefix = "/api", endpoint = "depot/commencer")]
pub async fn commencer(demarche: DemarcheNumero) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let numero =
        backend::dossier::usager::depots::commencer(&tx, &ici.acteur, demarche, ici.maintenant())
            .await?;
    tx.valider().await?;
    leptos_axum::redirect(&format!("/brouillons/{numero}"));
    Ok(())
}

/// The form of a draft.
#[server(prefix = "/api", endpoint = "depot/formulaire")]
pub async fn formulaire_du_brouillon(dossier: DossierNumero) -> Reponse<Formulaire> {
    let ici = crate::ssr::ici().await?;
    let mut formulaire =
        backend::dossier::usager::depots::formulaire(&ici.db, &ici.acteur, dossier).await?;
    formulaire.cle = ici.cle();
    Ok(formulaire)
}

/// Saves a draft as one types; says when. `cle` is unique to the form shown.
#[server(prefix = "/api", endpoint = "depot/garder")]
pub async fn garder_brouillon(
    dossier: DossierNumero,
    version: i32,
    cle: String,
    prenom: String,
    nom: String,
    #[server(default)] champs: BTreeMap<String, String>,
) -> Reponse<NaiveDateTime> {
    use backend::dossier::usager::depots::{Origine, garder};
    let ici = crate::ssr::ici().await?;
    let saisies = ici.saisies(prenom, nom, &champs, &BTreeMap::new());
    let tx = ici.ecrire().await?;
    let maintenant = ici.maintenant();
    let origine = Origine { version, cle: &cle };
    garder(&tx, &ici.acteur, dossier, origine, &saisies, maintenant).await?;
    tx.valider().await?;
    Ok(backend::socle::temps::a_paris(maintenant))
}

/// « Enregistrer le brouillon ».
#[server(prefix = "/api", endpoint = "depot/enregistrer")]
pub async fn enregistrer_brouillon(
    dossier: DossierNumero,
    version: i32,
    #[server(default)] cle: String,
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
    let origine = backend::dossier::usager::depots::Origine { version, cle: &cle };
    let problemes = backend::dossier::usager::depots::enregistrer(
        &tx, outils, acteur, dossier, origine, saisies, maintenant,
    )
    .await?;
    tx.valider().await?;
    sans_probleme(problemes)
}

/// « Déposer le dossier »: leads to it.
#[server(prefix = "/api", endpoint = "depot/deposer")]
pub async fn deposer_dossier(
    dossier: DossierNumero,
    version: i32,
    #[server(default)] cle: String,
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
    let origine = backend::dossier::usager::depots::Origine { version, cle: &cle };
    let problemes = backend::dossier::usager::depots::deposer(
        &tx, outils, acteur, dossier, origine, saisies, maintenant,
    )
    .await?;
    // What was typed is kept, right or wrong.
    tx.valider().await?;
    sans_probleme(problemes)?;
    leptos_axum::redirect(&format!("/dossiers/{dossier}/resume"));
    Ok(())
}

#[cfg(feature = "ssr")]
fn sans_probleme(problemes: Vec<domain::erreur::Probleme>) -> Reponse<()> {
    if problemes.is_empty() { Ok(()) } else { Err(domain::Erreur::Reponses(problemes).into()) }
}

/// « Supprimer le brouillon »: leads to « Mes dossiers ».
#[server(prefix = "/api", endpoint = "depot/supprimer")]
pub async fn supprimer_brouillon(dossier: DossierNumero) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::dossier::usager::depots::supprimer_brouillon(
        &tx,
        &ici.acteur,
        dossier,
        ici.maintenant(),
    )
    .await?;
    tx.valider().await?;
    leptos_axum::redirect("/dossiers");
    Ok(())
}
