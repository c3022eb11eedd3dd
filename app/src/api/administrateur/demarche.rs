//! A démarche, its life and its history.

use crate::api::Reponse;
use domain::ids::DemarcheNumero;
use domain::vues::{Consultations, DemarcheAdmin, FiltresConsultations, Historique};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::demarche::administration::{cycle, historique},
    backend::demarche::demarches,
    backend::dossier::consultations::lecture,
};

/// The management page of a démarche.
#[server(name = LireDemarcheAdmin, prefix = "/api", endpoint = "admin/demarche")]
pub async fn demarche_admin(demarche: DemarcheNumero) -> Reponse<DemarcheAdmin> {
    let ici = ici().await?;
    Ok(demarches::pour_l_administrateur(&ici.db, &ici.acteur, demarche).await?)
}

/// « Modifications ». `page` from 1.
#[server(name = LireHistorique, prefix = "/api", endpoint = "admin/historique")]
pub async fn historique(demarche: DemarcheNumero, page: u64) -> Reponse<Historique> {
    let ici = ici().await?;
    Ok(historique::lire(&ici.db, &ici.acteur, demarche, page).await?)
}

/// « Consultations ». `page` from 1.
#[server(name = LireConsultations, prefix = "/api", endpoint = "admin/consultations")]
pub async fn consultations(
    demarche: DemarcheNumero,
    #[server(default)] filtres: FiltresConsultations,
    page: u64,
) -> Reponse<Consultations> {
    let ici = ici().await?;
    Ok(lecture::lire(&ici.db, &ici.acteur, demarche, filtres, page).await?)
}

/// « Publier ».
#[server(prefix = "/api", endpoint = "admin/publier")]
pub async fn publier(demarche: DemarcheNumero) -> Reponse<()> {
    changer(async |c| cycle::publier(c, demarche).await).await
}

/// « Clore ».
#[server(prefix = "/api", endpoint = "admin/clore")]
pub async fn clore(demarche: DemarcheNumero) -> Reponse<()> {
    changer(async |c| cycle::clore(c, demarche).await).await
}

/// « Rouvrir ».
#[server(prefix = "/api", endpoint = "admin/rouvrir")]
pub async fn rouvrir(demarche: DemarcheNumero) -> Reponse<()> {
    changer(async |c| cycle::rouvrir(c, demarche).await).await
}

/// « Envoyer une copie ».
#[server(prefix = "/api", endpoint = "admin/copie")]
pub async fn envoyer_une_copie(demarche: DemarcheNumero, email: String) -> Reponse<()> {
    changer(async |c| cycle::envoyer_une_copie(c, demarche, &email).await).await?;
    Ok(())
}
