//! A dossier of one's own: its header, its tabs, its changes.

use crate::api::Reponse;
use domain::ids::DossierNumero;
use domain::vues::{Demande, Entete, Formulaire, Resume};
use leptos::prelude::*;
use std::collections::BTreeMap;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::dossier::examen::corrections,
    backend::dossier::usager::formulaires,
    backend::dossier::{demande, entete, resume},
    domain::chemin::Chemin,
};

/// « J'ai corrigé mon dossier ».
#[server(prefix = "/api", endpoint = "usager/corrige")]
pub async fn declarer_correction(dossier: DossierNumero) -> Reponse<()> {
    changer(async |c| corrections::declarer(c, dossier).await).await
}

/// The form of a dossier that may be modified.
#[server(prefix = "/api", endpoint = "usager/formulaire")]
pub async fn formulaire_du_dossier(dossier: DossierNumero) -> Reponse<Formulaire> {
    let ici = ici().await?;
    Ok(formulaires::pour_modifier(&ici.db, &ici.acteur, dossier).await?)
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
    let ici = ici().await?;
    let saisies = ici.saisies(prenom, nom, &champs, &retirer);
    ici.changer(async |c| formulaires::modifier(c, dossier, version, saisies).await).await?;
    leptos_axum::redirect(&Chemin::Demande(dossier).to_string());
    Ok(())
}

/// The header of a dossier of one's own.
#[server(prefix = "/api", endpoint = "usager/entete")]
pub async fn entete_usager(dossier: DossierNumero) -> Reponse<Entete> {
    let ici = ici().await?;
    let mut entete = entete::de_l_usager(&ici.db, &ici.acteur, dossier, ici.maintenant()).await?;
    entete.cle = ici.cle();
    entete.liste = ici.liste(Chemin::MesDossiers.patron());
    Ok(entete)
}

/// « Résumé ».
#[server(name = LireResume, prefix = "/api", endpoint = "usager/resume")]
pub async fn resume(dossier: DossierNumero) -> Reponse<Resume> {
    let ici = ici().await?;
    Ok(resume::resume_avec_lien(&ici.db, &ici.outils, &ici.acteur, dossier, ici.maintenant())
        .await?)
}

/// « Demande ».
#[server(prefix = "/api", endpoint = "usager/demande")]
pub async fn demande_usager(dossier: DossierNumero) -> Reponse<Demande> {
    let ici = ici().await?;
    Ok(demande::de_l_usager(&ici.db, &ici.acteur, dossier).await?)
}
