//! The tile « Configuration des emails ».

use crate::api::Reponse;
use domain::ids::DemarcheNumero;
use domain::modele::Modele;
use domain::vues::Courriels;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::demarche::administration::courriels,
    domain::chemin::{Chemin, Ecran},
};

/// « Configuration des emails ».
#[server(name = LireCourriels, prefix = "/api", endpoint = "admin/emails")]
pub async fn courriels(demarche: DemarcheNumero) -> Reponse<Courriels> {
    let ici = ici().await?;
    Ok(courriels::lire(&ici.db, &ici.acteur, demarche).await?)
}

/// « Enregistrer » the words of a mail: gives their new version.
#[server(prefix = "/api", endpoint = "admin/emails/enregistrer")]
pub async fn enregistrer_courriel(
    demarche: DemarcheNumero,
    modele: Modele,
    objet_courriel: String,
    corps_courriel: String,
    #[server(default)] version: String,
) -> Reponse<String> {
    let saisi = (objet_courriel.as_str(), corps_courriel.as_str());
    changer(async |c| courriels::enregistrer(c, demarche, modele, saisi, &version).await).await
}

/// « Revenir au texte par défaut ».
#[server(prefix = "/api", endpoint = "admin/emails/retablir")]
pub async fn retablir_courriel(demarche: DemarcheNumero, modele: Modele) -> Reponse<()> {
    changer(async |c| courriels::retablir(c, demarche, modele).await).await?;
    leptos_axum::redirect(&Chemin::Ecran(demarche, Ecran::Emails).to_string());
    Ok(())
}
