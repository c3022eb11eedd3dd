//! The tiles « Présentation » and « Service ».

use crate::api::Reponse;
use domain::ids::DemarcheNumero;
use domain::vues::{Presentation, Service};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::demarche::administration::presentation,
};

/// « Présentation ».
#[server(name = LirePresentation, prefix = "/api", endpoint = "admin/presentation")]
pub async fn presentation(demarche: DemarcheNumero) -> Reponse<Presentation> {
    let ici = ici().await?;
    Ok(presentation::presentation(&ici.db, &ici.acteur, demarche).await?)
}

/// « Enregistrer » of « Présentation »: gives its new version.
#[server(prefix = "/api", endpoint = "admin/presentation/enregistrer")]
pub async fn enregistrer_presentation(
    demarche: DemarcheNumero,
    titre: String,
    description: String,
    #[server(default)] version: String,
) -> Reponse<String> {
    let saisi = (titre.as_str(), description.as_str());
    changer(async |c| presentation::enregistrer_presentation(c, demarche, saisi, &version).await)
        .await
}

/// « Enregistrer la durée » of « Présentation ».
#[server(prefix = "/api", endpoint = "admin/conservation/enregistrer")]
pub async fn enregistrer_conservation(
    demarche: DemarcheNumero,
    conservation: String,
) -> Reponse<()> {
    changer(async |c| presentation::enregistrer_conservation(c, demarche, &conservation).await)
        .await
}

/// « Service ».
#[server(name = LireService, prefix = "/api", endpoint = "admin/service")]
pub async fn service(demarche: DemarcheNumero) -> Reponse<Service> {
    let ici = ici().await?;
    Ok(presentation::service(&ici.db, &ici.acteur, demarche).await?)
}

/// « Enregistrer » of « Service »: gives its new version.
#[server(prefix = "/api", endpoint = "admin/service/enregistrer")]
pub async fn enregistrer_service(
    demarche: DemarcheNumero,
    service_nom: String,
    service_adresse: String,
    service_telephone: String,
    service_email: String,
    service_horaires: String,
    #[server(default)] version: String,
) -> Reponse<String> {
    let saisi = presentation::SaisieService {
        nom: service_nom,
        adresse: service_adresse,
        telephone: service_telephone,
        email: service_email,
        horaires: service_horaires,
    };
    changer(async |c| presentation::enregistrer_service(c, demarche, &saisi, &version).await).await
}
