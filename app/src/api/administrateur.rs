//! The administrateur's side.

use super::Reponse;
use domain::ids::DemarcheNumero;
use domain::vues::{DemarcheAdmin, DemarcheResume, ReglageRdv};
use leptos::prelude::*;

/// The démarches one manages.
#[server(prefix = "/api", endpoint = "admin/demarches")]
pub async fn demarches_admin() -> Reponse<Vec<DemarcheResume>> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::demarches::de_l_administrateur(&ici.db, &ici.acteur).await?)
}

/// The management page of a démarche.
#[server(name = LireDemarcheAdmin, prefix = "/api", endpoint = "admin/demarche")]
pub async fn demarche_admin(demarche: DemarcheNumero) -> Reponse<DemarcheAdmin> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::demarches::pour_l_administrateur(&ici.db, &ici.acteur, demarche).await?)
}

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
