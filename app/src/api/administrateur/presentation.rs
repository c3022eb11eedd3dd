//! The tiles « Présentation » and « Service ».

use crate::api::Reponse;
use domain::ids::DemarcheNumero;
use domain::vues::{Presentation, Service};
use leptos::prelude::*;

/// « Présentation ».
#[server(name = LirePresentation, prefix = "/api", endpoint = "admin/presentation")]
pub async fn presentation(demarche: DemarcheNumero) -> Reponse<Presentation> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::administration::presentation::presentation(
        &ici.db,
        &ici.acteur,
        demarche,
    )
    .await?)
}

/// « Enregistrer » of « Présentation »: gives its new version.
#[server(prefix = "/api", endpoint = "admin/presentation/enregistrer")]
pub async fn enregistrer_presentation(
    demarche: DemarcheNumero,
    titre: String,
    description: String,
    #[server(default)] version: String,
) -> Reponse<String> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let saisi = (titre.as_str(), description.as_str());
    let t = ici.maintenant();
    let nouvelle = backend::demarche::administration::presentation::enregistrer_presentation(
        &tx,
        &ici.acteur,
        demarche,
        saisi,
        &version,
        t,
    )
    .await?;
    tx.valider().await?;
    Ok(nouvelle)
}

/// « Enregistrer la durée » of « Présentation ».
#[server(prefix = "/api", endpoint = "admin/conservation/enregistrer")]
pub async fn enregistrer_conservation(
    demarche: DemarcheNumero,
    conservation: String,
) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::presentation::enregistrer_conservation(
        &tx,
        &ici.acteur,
        demarche,
        &conservation,
        t,
    )
    .await?;
    Ok(tx.valider().await?)
}

/// « Service ».
#[server(name = LireService, prefix = "/api", endpoint = "admin/service")]
pub async fn service(demarche: DemarcheNumero) -> Reponse<Service> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::administration::presentation::service(&ici.db, &ici.acteur, demarche)
        .await?)
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
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let saisi = backend::demarche::administration::presentation::SaisieService {
        nom: service_nom,
        adresse: service_adresse,
        telephone: service_telephone,
        email: service_email,
        horaires: service_horaires,
    };
    let t = ici.maintenant();
    let nouvelle = backend::demarche::administration::presentation::enregistrer_service(
        &tx,
        &ici.acteur,
        demarche,
        &saisi,
        &version,
        t,
    )
    .await?;
    tx.valider().await?;
    Ok(nouvelle)
}
