//! A démarche, its life and its history.

use crate::api::Reponse;
use domain::ids::DemarcheNumero;
use domain::vues::{DemarcheAdmin, Historique};
use leptos::prelude::*;

/// The management page of a démarche.
#[server(name = LireDemarcheAdmin, prefix = "/api", endpoint = "admin/demarche")]
pub async fn demarche_admin(demarche: DemarcheNumero) -> Reponse<DemarcheAdmin> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::demarches::pour_l_administrateur(&ici.db, &ici.acteur, demarche).await?)
}

/// « Modifications ». `page` from 1.
#[server(name = LireHistorique, prefix = "/api", endpoint = "admin/historique")]
pub async fn historique(demarche: DemarcheNumero, page: u64) -> Reponse<Historique> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::administration::historique::lire(&ici.db, &ici.acteur, demarche, page)
        .await?)
}

/// « Publier ».
#[server(prefix = "/api", endpoint = "admin/publier")]
pub async fn publier(demarche: DemarcheNumero) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::cycle::publier(&tx, &ici.acteur, demarche, t).await?;
    Ok(tx.valider().await?)
}

/// « Clore ».
#[server(prefix = "/api", endpoint = "admin/clore")]
pub async fn clore(demarche: DemarcheNumero) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::cycle::clore(&tx, &ici.acteur, demarche, t).await?;
    Ok(tx.valider().await?)
}

/// « Rouvrir ».
#[server(prefix = "/api", endpoint = "admin/rouvrir")]
pub async fn rouvrir(demarche: DemarcheNumero) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::cycle::rouvrir(&tx, &ici.acteur, demarche, t).await?;
    Ok(tx.valider().await?)
}

/// « Envoyer une copie ».
#[server(prefix = "/api", endpoint = "admin/copie")]
pub async fn envoyer_une_copie(demarche: DemarcheNumero, email: String) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::cycle::envoyer_une_copie(
        &tx,
        &ici.acteur,
        demarche,
        &email,
        t,
    )
    .await?;
    Ok(tx.valider().await?)
}
