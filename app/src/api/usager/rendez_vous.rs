//! « Rendez-vous », for the usager.

use crate::api::Reponse;
use domain::ids::DossierNumero;
use domain::vues::OngletRendezVous;
use leptos::prelude::*;

/// « Rendez-vous »; showing it removes the orange dot.
#[server(prefix = "/api", endpoint = "usager/rendez-vous")]
pub async fn rendez_vous_usager(dossier: DossierNumero) -> Reponse<OngletRendezVous> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let onglet =
        backend::rendez_vous::onglet::onglet(&tx, &ici.acteur, dossier, ici.maintenant()).await?;
    tx.valider().await?;
    Ok(onglet)
}
