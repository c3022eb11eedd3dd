//! The tile « RDV Service Public »: its settings, its agenda, its webhooks.

use crate::api::Reponse;
use domain::ids::{DemarcheNumero, OrganisationId};
use domain::vues::{AgendaRdv, ReglageRdv};
use leptos::prelude::*;

/// The screen of the tile « RDV Service Public ».
#[server(name = LireReglageRdv, prefix = "/api", endpoint = "admin/rdv")]
pub async fn reglage_rdv(demarche: DemarcheNumero) -> Reponse<ReglageRdv> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::rendez_vous::tuile_rdv::ouvrir(ici.contexte(), &ici.acteur, demarche).await?)
}

/// « Enregistrer ». `active` is the toggle: present when on, absent when off, as a form sends it. Gives the secret of the
/// webhooks when it was just made.
#[server(prefix = "/api", endpoint = "admin/rdv/enregistrer")]
pub async fn enregistrer_rdv(
    demarche: DemarcheNumero,
    active: Option<String>,
    url_agenda: String,
) -> Reponse<Option<String>> {
    let ici = crate::ssr::ici().await?;
    let demande = backend::rendez_vous::tuile_rdv::Demande { active: active.is_some(), url_agenda };
    Ok(backend::rendez_vous::agendas::enregistrer(ici.contexte(), &ici.acteur, demarche, &demande)
        .await?)
}

/// « Synchroniser »: has the rendez-vous compared with RDV Service Public's own list.
#[server(prefix = "/api", endpoint = "admin/rdv/synchroniser")]
pub async fn synchroniser(demarche: DemarcheNumero) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::rendez_vous::reconciliations::demander(&tx, &ici.acteur, demarche, ici.maintenant())
        .await?;
    Ok(tx.valider().await?)
}

/// « Renouveler le secret »: gives the new one.
#[server(prefix = "/api", endpoint = "admin/rdv/secret")]
pub async fn renouveler_secret(demarche: DemarcheNumero) -> Reponse<String> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let secret = backend::rendez_vous::tuile_rdv::renouveler_secret(
        &tx,
        &ici.outils,
        &ici.acteur,
        demarche,
        ici.maintenant(),
    )
    .await?;
    tx.valider().await?;
    Ok(secret)
}

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
