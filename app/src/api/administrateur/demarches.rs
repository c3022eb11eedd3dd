//! The démarches one manages, and all those that were published.

use crate::api::Reponse;
use domain::vues::{DemarchePublique, DemarcheResume, Page};
use leptos::prelude::*;

/// The démarches one manages.
#[server(prefix = "/api", endpoint = "admin/demarches")]
pub async fn demarches_admin() -> Reponse<Vec<DemarcheResume>> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::demarches::de_l_administrateur(&ici.db, &ici.acteur).await?)
}

/// « Toutes les démarches ». `page` from 1.
#[server(prefix = "/api", endpoint = "admin/toutes")]
pub async fn toutes_les_demarches(recherche: String, page: u64) -> Reponse<Page<DemarchePublique>> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::administration::liste::toutes(&ici.db, &ici.acteur, &recherche, page)
        .await?)
}
