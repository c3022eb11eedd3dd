//! « Rendez-vous », for the usager.

use crate::api::Reponse;
use domain::ids::DossierNumero;
use domain::vues::OngletRendezVous;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::ssr::changer, backend::rendez_vous::onglet};

/// « Rendez-vous »; showing it removes the orange dot.
#[server(prefix = "/api", endpoint = "usager/rendez-vous")]
pub async fn rendez_vous_usager(dossier: DossierNumero) -> Reponse<OngletRendezVous> {
    changer(async |c| onglet::onglet(c, dossier).await).await
}
