//! The tile « RDV Service Public »: its settings, its agenda, its webhooks.

use crate::api::Reponse;
use domain::ids::{DemarcheNumero, OrganisationId};
use domain::vues::{AgendaRdv, ReglageRdv};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::rendez_vous::{agendas, reconciliations, relances, tuile_rdv},
    domain::chemin::{Chemin, Ecran},
};

/// The screen of the tile « RDV Service Public ».
#[server(name = LireReglageRdv, prefix = "/api", endpoint = "admin/rdv")]
pub async fn reglage_rdv(demarche: DemarcheNumero) -> Reponse<ReglageRdv> {
    let ici = ici().await?;
    Ok(tuile_rdv::ouvrir(ici.contexte(), &ici.acteur, demarche).await?)
}

/// « Enregistrer ». `active` is the toggle: present when on, absent when off, as a form sends it. Gives the secret of the
/// webhooks when it was just made.
#[server(prefix = "/api", endpoint = "admin/rdv/enregistrer")]
pub async fn enregistrer_rdv(
    demarche: DemarcheNumero,
    active: Option<String>,
    url_agenda: String,
) -> Reponse<Option<String>> {
    let ici = ici().await?;
    let demande = tuile_rdv::Demande { active: active.is_some(), url_agenda };
    Ok(agendas::enregistrer(ici.contexte(), &ici.acteur, demarche, &demande).await?)
}

/// « Propositions sans réponse » → « Enregistrer les rappels ». Numbers of days, as they were typed.
#[server(prefix = "/api", endpoint = "admin/rdv/relances")]
pub async fn enregistrer_relances(
    demarche: DemarcheNumero,
    #[server(default)] premiere_relance: String,
    #[server(default)] seconde_relance: String,
    #[server(default)] sans_reponse: String,
) -> Reponse<()> {
    let jours = [&*premiere_relance, &*seconde_relance, &*sans_reponse];
    changer(async |c| relances::regler(c, demarche, jours).await).await
}

/// « Synchroniser »: has the rendez-vous compared with RDV Service Public's own list.
#[server(prefix = "/api", endpoint = "admin/rdv/synchroniser")]
pub async fn synchroniser(demarche: DemarcheNumero) -> Reponse<()> {
    changer(async |c| reconciliations::demander(c, demarche).await).await
}

/// « Renouveler le secret »: gives the new one.
#[server(prefix = "/api", endpoint = "admin/rdv/secret")]
pub async fn renouveler_secret(demarche: DemarcheNumero) -> Reponse<String> {
    changer(async |c| tuile_rdv::renouveler_secret(c, demarche).await).await
}

/// One's organisations, and whether the notifications of the one chosen are sent here.
#[server(name = LireAgendaRdv, prefix = "/api", endpoint = "admin/rdv/compte")]
pub async fn agenda_rdv(demarche: DemarcheNumero) -> Reponse<AgendaRdv> {
    let ici = ici().await?;
    Ok(agendas::lire(ici.contexte(), &ici.acteur, demarche).await?)
}

/// « Choisir ».
#[server(prefix = "/api", endpoint = "admin/rdv/organisation")]
pub async fn choisir_organisation(
    demarche: DemarcheNumero,
    organisation: OrganisationId,
) -> Reponse<()> {
    let ici = ici().await?;
    agendas::choisir(ici.contexte(), &ici.acteur, demarche, organisation).await?;
    leptos_axum::redirect(&Chemin::Ecran(demarche, Ecran::Rdv).to_string());
    Ok(())
}

/// « Enregistrer le webhook automatiquement ».
#[server(prefix = "/api", endpoint = "admin/rdv/webhook")]
pub async fn enregistrer_webhook(demarche: DemarcheNumero) -> Reponse<()> {
    let ici = ici().await?;
    Ok(agendas::enregistrer_webhook(ici.contexte(), &ici.acteur, demarche).await?)
}
