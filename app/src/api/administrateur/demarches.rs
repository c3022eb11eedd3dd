//! The démarches one manages, and all those that were published.

use crate::api::Reponse;
use domain::vues::etat::EtatDuService;
use domain::vues::{DemarchePublique, DemarcheResume, Page};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::ici, backend::demarche::administration::liste, backend::demarche::demarches,
    backend::ouvriers::etat,
};

/// The démarches one manages.
#[server(prefix = "/api", endpoint = "admin/demarches")]
pub async fn demarches_admin() -> Reponse<Vec<DemarcheResume>> {
    let ici = ici().await?;
    Ok(demarches::de_l_administrateur(&ici.db, &ici.acteur).await?)
}

/// « Toutes les démarches ». `page` from 1.
#[server(prefix = "/api", endpoint = "admin/toutes")]
pub async fn toutes_les_demarches(recherche: String, page: u64) -> Reponse<Page<DemarchePublique>> {
    let ici = ici().await?;
    Ok(liste::toutes(&ici.db, &ici.acteur, &recherche, page).await?)
}

/// « État du service ».
#[server(prefix = "/api", endpoint = "admin/etat-du-service")]
pub async fn lire_etat_du_service() -> Reponse<EtatDuService> {
    let ici = ici().await?;
    Ok(etat::de_l_administrateur(ici.contexte(), &ici.acteur).await?)
}
