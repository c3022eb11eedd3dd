//! A dossier of one's own: its header, its tabs, its changes.

use crate::api::Reponse;
use domain::ids::DossierNumero;
use domain::vues::{Demande, Entete, Formulaire, Resume};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// « J'ai corrigé mon dossier ».
#[server(prefix = "/api", endpoint = "usager/corrige")]
pub async fn declarer_correction(dossier: DossierNumero) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::dossier::examen::corrections::declarer(&tx, &ici.acteur, dossier, ici.maintenant())
        .await?;
    Ok(tx.valider().await?)
}

/// The form of a dossier that may be modified.
#[server(prefix = "/api", endpoint = "usager/formulaire")]
pub async fn formulaire_du_dossier(dossier: DossierNumero) -> Reponse<Formulaire> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::dossier::usager::formulaires::pour_modifier(&ici.db, &ici.acteur, dossier).await?)
}

/// « Enregistrer les modifications »: leads to « Demande ». `version`: that of the form shown.
#[server(prefix = "/api", endpoint = "usager/modifier")]
pub async fn modifier_dossier(
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
    backend::dossier::usager::formulaires::modifier(
        &tx,
        &ici.outils,
        &ici.acteur,
        dossier,
        version,
        saisies,
        ici.maintenant(),
    )
    .await?;
    tx.valider().await?;
    leptos_axum::redirect(&format!("/dossiers/{dossier}/demande"));
    Ok(())
}

/// The header of a dossier of one's own.
#[server(prefix = "/api", endpoint = "usager/entete")]
pub async fn entete_usager(dossier: DossierNumero) -> Reponse<Entete> {
    let ici = crate::ssr::ici().await?;
    let mut entete =
        backend::dossier::dossiers::entete_usager(&ici.db, &ici.acteur, dossier, ici.maintenant())
            .await?;
    entete.cle = ici.cle();
    entete.liste = ici.liste("/dossiers");
    Ok(entete)
}

/// « Résumé ».
#[server(name = LireResume, prefix = "/api", endpoint = "usager/resume")]
pub async fn resume(dossier: DossierNumero) -> Reponse<Resume> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::rendez_vous::liens_personnels::resume(
        &ici.db,
        &ici.outils,
        &ici.acteur,
        dossier,
        ici.maintenant(),
    )
    .await?)
}

/// « Demande ».
#[server(prefix = "/api", endpoint = "usager/demande")]
pub async fn demande_usager(dossier: DossierNumero) -> Reponse<Demande> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::dossier::dossiers::demande_usager(&ici.db, &ici.acteur, dossier).await?)
}
