//! The agenda chosen and plugged in with one's account of RDV Service Public.

use super::Reponse;
use domain::ids::{DemarcheNumero, OrganisationId};
use domain::vues::AgendaRdv;
use leptos::prelude::*;

/// One's organisations, and whether the notifications of the one chosen are sent here.
#[server(name = LireAgendaRdv, prefix = "/api", endpoint = "admin/rdv/compte")]
pub async fn agenda_rdv(demarche: DemarcheNumero) -> Reponse<AgendaRdv> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::rendez_vous::agendas::lire(ici.contexte(), &ici.acteur, demarche).await?)
}

/// « Choisir ».
#[server(prefix = "/api", endpoint = "admin/rdv/organisation")]
pub async fn choisir_organisation(
    demarche: DemarcheNumero,
    organisation: OrganisationId,
) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    backend::rendez_vous::agendas::choisir(ici.contexte(), &ici.acteur, demarche, organisation)
        .await?;
    leptos_axum::redirect(&format!("/admin/demarches/{demarche}/rdv"));
    Ok(())
}

/// « Enregistrer le webhook automatiquement ».
#[server(prefix = "/api", endpoint = "admin/rdv/webhook")]
pub async fn enregistrer_webhook(demarche: DemarcheNumero) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::rendez_vous::agendas::enregistrer_webhook(ici.contexte(), &ici.acteur, demarche)
        .await?)
}
