//! « Rendez-vous », for the usager.

use crate::api::Reponse;
use domain::ids::DossierNumero;
use domain::vues::OngletRendezVous;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::ssr::ici, backend::rendez_vous::onglet};

/// « Rendez-vous »; showing it removes the orange dot.
#[server(prefix = "/api", endpoint = "usager/rendez-vous")]
pub async fn rendez_vous_usager(dossier: DossierNumero) -> Reponse<OngletRendezVous> {
    let ici = ici().await?;
    let t = ici.maintenant();
    let onglet::Onglet { vue, non_vu } = onglet::onglet(&ici.db, &ici.acteur, dossier, t).await?;
    // Read first: a change, even of nothing, waits for its turn.
    if let Some(change_le) = non_vu {
        ici.changer(async |c| onglet::voir(c, dossier, change_le).await).await?;
    }
    Ok(vue)
}
